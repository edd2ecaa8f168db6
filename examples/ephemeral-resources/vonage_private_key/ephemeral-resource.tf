# A new key pair in every run, stored in no state and no plan.
ephemeral "vonage_private_key" "support" {}

# Whenever the version changes, the public half goes to Vonage. Pass the other half, private_key_pem, to the write-only
# argument of your secret store, with the same version.
resource "vonage_application" "support" {
  name = "Support line"

  public_key_wo         = ephemeral.vonage_private_key.support.public_key_pem
  public_key_wo_version = 1
}
