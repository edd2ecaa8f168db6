// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import "github.com/vonage/terraform-provider-vonage/internal/acctest"

// configuration is one of a resource.
type configuration struct {
	typeName string
	config   values
}

// toPin returns the configurations to pin for each resource: one that sets everything possible, and one that sets as
// little as possible.
func toPin() map[string]configuration {
	webhook := func(name string) values {
		return values{"address": "https://example.com/" + name, "http_method": "POST", "connect_timeout": 500, "socket_timeout": 3000}
	}
	plain := func(name string) values {
		return values{"address": "https://example.com/" + name, "http_method": "POST"}
	}
	timeouts := values{"create": "10m", "read": "1m", "update": "10m", "delete": "10m"}
	everything := values{
		"name": "everything", "improve_ai": true, "key_version": "2026-11", "timeouts": timeouts,
		"voice": values{
			"answer_url": webhook("answer"), "fallback_answer_url": webhook("fallback"), "event_url": webhook("event"),
			"signed_callbacks": true, "conversations_ttl": 24, "leg_persistence_time": 3, "region": "eu-west",
		},
		"messages": values{
			"inbound_url": plain("inbound"), "status_url": plain("status"), "version": "v1", "authenticate_inbound_media": true,
		},
		"rtc":    values{"event_url": plain("rtc"), "signed_callbacks": true},
		"verify": values{"status_url": plain("verify")},
		"video": values{
			"webhooks": values{"session_created": values{"address": "https://example.com/video", "active": true, "secret": "0123456789abcdef"}},
			"storage":  values{"server_side_encryption": true, "end_to_end_encryption": false, "cloud_storage": true},
		},
		"network_apis": values{"network_application_id": applicationB, "redirect_uri": "https://example.com/redirect"},
		"vbc":          values{},
	}
	number := values{"country": "GB", "msisdn": "447700900003"}
	link := values{"msisdn": "447700900001", "application_id": applicationA}
	return map[string]configuration{
		"application":                      {"vonage_application", values{"name": "bare"}},
		"application with everything":      {"vonage_application", everything},
		"application with a key":           {"vonage_application", values{"name": "own key", "public_key": acctest.PublicKey(0)}},
		"application with an unstated key": {"vonage_application", values{"name": "wo", "public_key_wo": acctest.PublicKey(0), "public_key_wo_version": 1}},
		"number":                           {"vonage_number", number},
		"number with everything": {"vonage_number", with(number, values{
			"deletion_policy": "ABANDON", "max_monthly_cost": "2", "max_initial_cost": "1.00", "timeouts": timeouts,
			"sms_webhook_url": "https://example.com/sms", "smpp_system_type": "inbound", "voice_status_callback": "https://example.com/ended",
			"voice_callback": values{"type": "sip", "value": "sip:a@example.com"},
		})},
		"number that was adopted":     {"vonage_number", values{"country": "GB", "msisdn": "447700900002"}},
		"number of a subaccount":      {"vonage_number", with(number, values{"target_api_key": "12345678"})},
		"number link":                 {"vonage_number_link", link},
		"number link with everything": {"vonage_number_link", with(link, values{"country": "gb", "msisdn": "+44 7700 900001", "replace_existing_link": true, "timeouts": timeouts})},
	}
}
