import {
  to = vonage_subaccount.staging
  identity = {
    api_key = "ad6dc56f"
  }
}
