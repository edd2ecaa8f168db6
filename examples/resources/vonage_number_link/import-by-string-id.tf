import {
  to = vonage_number_link.support
  id = "GB/447700900001"
}
