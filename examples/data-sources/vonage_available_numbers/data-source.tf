# The five cheapest British mobile numbers that end in 00.
data "vonage_available_numbers" "round" {
  country        = "GB"
  type           = "mobile-lvn"
  features       = ["SMS", "VOICE"]
  pattern        = "00"
  search_pattern = 2
  max_results    = 5
}

output "offers" {
  value = { for number in data.vonage_available_numbers.round.numbers : number.msisdn => number.monthly_cost }
}
