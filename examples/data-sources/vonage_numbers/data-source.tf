# British numbers that can take calls and are not linked to an application yet.
data "vonage_numbers" "free" {
  country         = "GB"
  features        = ["VOICE"]
  has_application = false
}

output "free_numbers" {
  value = data.vonage_numbers.free.numbers[*].msisdn
}
