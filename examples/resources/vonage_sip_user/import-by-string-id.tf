import {
  to = vonage_sip_user.desk
  id = "front-desk/desk-1"
}
