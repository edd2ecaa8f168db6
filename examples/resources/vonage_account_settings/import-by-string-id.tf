import {
  to = vonage_account_settings.this
  id = "abcd1234"
}
