import {
  to = vonage_subaccount.staging
  id = "ad6dc56f"
}
