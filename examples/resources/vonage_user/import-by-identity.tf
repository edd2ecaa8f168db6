import {
  to = vonage_user.support
  identity = {
    id = "USR-87e3e6b0-cd7b-45ef-a0a7-bcd5566a672b"
  }
}
