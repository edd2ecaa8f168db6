import {
  to = vonage_account_settings.this
  identity = {
    api_key = "abcd1234"
  }
}
