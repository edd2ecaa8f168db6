import {
  to = vonage_sip_domain.pbx
  id = "acme-pbx"
}
