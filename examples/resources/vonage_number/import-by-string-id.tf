import {
  to = vonage_number.support
  id = "GB/447700900001"
}
