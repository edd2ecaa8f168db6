terraform {
  required_version = ">= 1.11"

  required_providers {
    vonage = {
      source = "vonage/vonage"
    }
  }
}

variable "numbers" {
  description = "How many numbers to choose. Takes effect once: a later change does nothing."
  type        = number
  default     = 3
}

variable "lost" {
  description = "Chosen numbers that somebody else rented first."
  type        = set(string)
  default     = []
}

data "vonage_available_numbers" "office" {
  country     = "GB"
  features    = ["VOICE"]
  max_results = var.numbers
}

# The results change with every search, so the choice is made once and kept here.
resource "terraform_data" "office_numbers" {
  input = data.vonage_available_numbers.office.numbers[*].msisdn

  lifecycle {
    ignore_changes = [input]
  }
}

resource "vonage_number" "office" {
  for_each = setsubtract(terraform_data.office_numbers.input, var.lost)

  country          = "GB"
  msisdn           = each.key
  max_monthly_cost = "2.00"
}

check "enough_numbers" {
  assert {
    condition     = length(vonage_number.office) == var.numbers
    error_message = "There are ${length(vonage_number.office)} numbers instead of ${var.numbers}."
  }
}
