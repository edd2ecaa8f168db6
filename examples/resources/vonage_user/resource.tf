# A service that calls reach inside the application: an NCCO connects to it with an endpoint of the type "app" and this name.
resource "vonage_user" "support" {
  name         = "support-desk"
  display_name = "Support"
  custom_data  = { team = "support" }
}
