resource "vonage_application_numbers" "main" {
  application_id = vonage_application.generated.id
  numbers        = var.revision == "1" ? ["447700900001"] : ["447700900001", "GB/447700900002"]
}
