terraform {
  required_version = ">= 1.11"

  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}

# A new key pair in every run, stored in no state and no plan.
ephemeral "vonage_private_key" "support" {}

resource "vonage_application" "support" {
  name = "Support line"

  # Raise the version to send the key of the current run.
  public_key_wo         = ephemeral.vonage_private_key.support.public_key_pem
  public_key_wo_version = 1
}
