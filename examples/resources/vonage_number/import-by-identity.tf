import {
  to = vonage_number.support
  identity = {
    country = "GB"
    msisdn  = "447700900001"
  }
}
