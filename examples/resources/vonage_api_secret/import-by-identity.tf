import {
  to = vonage_api_secret.tenant
  identity = {
    api_key   = "acme1234"
    secret_id = "ad6dc56f-07b5-46e1-a527-85530e625800"
  }
}
