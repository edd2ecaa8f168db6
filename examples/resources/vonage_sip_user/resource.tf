variable "desk_secret" {
  type      = string
  ephemeral = true
}

# A telephone that signs in to the domain. Raise the version to give it the present value of the variable.
resource "vonage_sip_user" "desk" {
  domain = "front-desk"
  key    = "desk-1"

  secret_wo         = var.desk_secret
  secret_wo_version = 1
}
