data "vonage_applications" "phone" {
  name_regex = "^Support"
  capability = "voice"
}

output "answer_urls" {
  value = { for a in data.vonage_applications.phone.applications : a.name => a.voice.answer_url.address }
}
