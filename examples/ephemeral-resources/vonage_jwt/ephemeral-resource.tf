# A token for the duration of the run, as `nexmo jwt:generate` made it, but without a file and without a trace in the state.
ephemeral "vonage_jwt" "run" {
  expires_in = "30m"
}

# A token for one user of the Client SDK, valid for nothing else.
ephemeral "vonage_jwt" "alice" {
  subject    = "alice"
  acl_preset = "client_sdk"
}

# Ephemeral values can be used where nothing is stored: in provider blocks and in write-only arguments.
provider "vonage" {
  alias = "short_lived"
  jwt   = ephemeral.vonage_jwt.run.jwt
}
