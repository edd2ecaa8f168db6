resource "vonage_application" "generated" {
  name        = "generated ${var.revision}"
  key_version = var.revision

  voice = {
    answer_url = { address = "https://example.com/answer" }
  }

  video = {
    webhooks = {
      archive_status = {
        address = "https://example.com/archives"
        secret  = var.video_secret
      }
    }
  }
}

resource "vonage_application" "written" {
  name                  = "written"
  public_key_wo         = ephemeral.vonage_private_key.fresh.public_key_pem
  public_key_wo_version = var.revision
}

data "vonage_application" "generated" {
  id = vonage_application.generated.id
}

data "vonage_applications" "all" {
  depends_on = [vonage_application.generated]
}
