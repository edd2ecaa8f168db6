# The private half never comes near Terraform:
#   openssl genrsa -out support.pem 2048
#   openssl rsa -in support.pem -pubout -out support.public.pem
resource "vonage_application" "support" {
  name       = "Support line"
  public_key = file("${path.module}/support.public.pem")

  voice = {
    answer_url = { address = "https://example.com/webhooks/answer" }
    event_url  = { address = "https://example.com/webhooks/events" }
  }
}
