import {
  to = vonage_api_secret.tenant
  id = "acme1234/ad6dc56f-07b5-46e1-a527-85530e625800"
}
