import {
  to = vonage_sip_user.desk
  identity = {
    domain = "front-desk"
    key    = "desk-1"
  }
}
