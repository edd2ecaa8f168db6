# What `nexmo jwt:generate` made, without a file and without a trace in the state: a token for as long as the run lasts.
ephemeral "vonage_jwt" "run" {
  expires_in = "30m"
}

# A token for one user of the Client SDK, good for nothing else.
ephemeral "vonage_jwt" "alice" {
  subject    = "alice"
  acl_preset = "client_sdk"
}

# Ephemeral values can go where nothing is kept: into other providers, and into write-only arguments.
provider "vonage" {
  alias = "short_lived"
  jwt   = ephemeral.vonage_jwt.run.jwt
}
