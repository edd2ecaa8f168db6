// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package ncco

import "github.com/vonage/terraform-provider-vonage/internal/vonage"

// endpoints are the types of endpoint that a call can be connected to.
var endpoints = map[string]object{
	"phone": {fields: fields{
		"number":     required(msisdn),
		"dtmfAnswer": optional(matching("^[0-9*#p]+$", "made of 0 to 9, *, # and p (a pause)")),
		"onAnswer":   optional(onAnswer.check),
		"shaken":     optional(text),
	}},
	"app": {fields: fields{
		"user": required(text),
	}},
	"websocket": {fields: fields{
		"uri":           required(matching(`^wss?://[^\s/?#]+\S*$`, "a ws or wss URL")),
		"content-type":  optional(oneOf("audio/l16;rate=8000", "audio/l16;rate=16000", "audio/l16;rate=24000")),
		"headers":       optional(document),
		"authorization": optional(variant("type", authorizations)),
	}},
	"sip": {
		fields: fields{
			"uri":             optional(matching(`^sips?:\S+$`, "a sip or sips URI")),
			"user":            optional(text),
			"domain":          optional(text),
			"headers":         optional(headers),
			"standardHeaders": optional(standardHeaders.check),
		},
		together: []together{notBoth("uri", "user"), notBoth("uri", "domain"), sipDestination},
	},
	"vbc": {fields: fields{
		"extension": required(text),
	}},
}

var authorizations = map[string]object{
	"vonage": {},
	"custom": {fields: fields{"value": required(text)}},
}

var onAnswer = object{
	fields: fields{
		"url":          required(webAddress),
		"ringbackTone": optional(webAddress),
		"ringback":     optional(webAddress), // the older name, still supported by Vonage
	},
	together: []together{notBoth("ringback", "ringbackTone")},
}

var standardHeaders = object{fields: fields{
	"User-to-User": optional(matching(`^\S.{0,255}$`, "1 to 256 characters")),
}}

// headers accepts an object with string values.
func headers(found *problems, at string, value any) any {
	values, ok := value.(map[string]any)
	if !ok {
		found.addf(at, "must be an object, not %s", kind(value))
		return value
	}
	texts := object{fields: fields{}}
	for name := range values {
		texts.fields[name] = optional(text)
	}
	return texts.check(found, at, value)
}

// sipDestination requires a SIP endpoint to be either a URI, or a user at a domain of the account.
func sipDestination(found *problems, at string, values map[string]any) {
	switch {
	case values["uri"] == nil && values["domain"] == nil:
		found.addf(at+".uri", "is required, unless there is a domain")
	case values["user"] != nil && values["domain"] == nil:
		found.addf(at+".user", "needs domain")
	}
}

// caller accepts the caller id. It is a phone number where possible, but calls to endpoints other than phones can show
// any text.
func caller(found *problems, at string, value any) any {
	name, _ := asText(value)
	if number, err := vonage.NormalizeMSISDN(name); err == nil {
		return number
	}
	return text(found, at, value)
}

// phoneNeedsCallerNumber requires a phone number as the caller id of calls to phones: other calls to phones do not go
// through.
func phoneNeedsCallerNumber(found *problems, at string, values map[string]any) {
	from, _ := values["from"].(string)
	connected, _ := values["endpoint"].([]any)
	if from == "" || len(connected) != 1 {
		return
	}
	if endpoint, _ := connected[0].(map[string]any); endpoint["type"] == "phone" {
		msisdn(found, at+".from", from)
	}
}
