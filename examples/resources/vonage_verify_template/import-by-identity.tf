import {
  to = vonage_verify_template.login
  identity = {
    id = "8f35a1a7-eb2f-4552-8fdf-fffdaee41bc9"
  }
}
