terraform {
  # Write-only arguments are known from Terraform 1.11 and OpenTofu 1.11 on.
  required_version = ">= 1.11"
}

# A fresh key pair in every run. It is in no state and no plan.
ephemeral "vonage_private_key" "support" {}

resource "vonage_application" "support" {
  name = "Support line"

  # Raise the version to send the key of that run.
  public_key_wo         = ephemeral.vonage_private_key.support.public_key_pem
  public_key_wo_version = 1
}
