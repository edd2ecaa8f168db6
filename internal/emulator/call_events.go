// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"strconv"
)

// The reported price of every connected call, in EUR per minute, and its network. Nothing is charged.
const (
	callRate    = "0.01270000"
	callNetwork = "GB-FIXED"
)

// event reports a status to the leg's event webhook. Events of a call keep their order; the caller does not wait for
// delivery.
func (e *Emulator) event(l *leg, status string, more document) {
	e.send(l, l.statusEvent(status, timestamp(e.options.Now()), more))
}

func (l *leg) statusEvent(status, now string, more document) document {
	body := document{
		"uuid": l.uuid, "conversation_uuid": l.conversationID(), "status": status, "direction": l.direction,
		"from": address(l.from), "to": address(l.to), "timestamp": now,
	}
	maps.Copy(body, more)
	return body
}

func (l *leg) conversationID() string { return l.call.conversation.id() }

// send queues an event for the leg's event webhook, if it has one.
func (e *Emulator) send(l *leg, body document) {
	e.sendTo(l.call, l.events, body)
}

func (e *Emulator) sendTo(c *call, hook webhook, body document) {
	if hook.address == "" {
		return
	}
	c.queue.push(func() {
		_, _ = e.deliver(e.background.context, hook, c.application, body) // the webhook log records the outcome
	})
}

// completion returns the members that the completed event adds.
func completion(l *leg, by string) document {
	seconds := int(l.ended.Sub(l.answered).Seconds())
	rate, _ := strconv.ParseFloat(callRate, 64) // callRate is a valid constant
	return document{
		"start_time": timestamp(l.answered), "end_time": timestamp(l.ended), "duration": strconv.Itoa(seconds), "rate": callRate,
		"price": strconv.FormatFloat(rate*float64(seconds)/60, 'f', 8, 64), "network": callNetwork, "sip_code": number(200),
		"disconnected_by": by,
	}
}

// errorEvent reports why an NCCO was abandoned.
func (e *Emulator) errorEvent(l *leg, reason string) {
	e.send(l, document{
		"reason": reason, "uuid": l.uuid, "conversation_uuid": l.conversationID(), "timestamp": timestamp(e.options.Now()),
	})
}

// address returns how events and the answer webhook name a party.
func address(endpoint document) string {
	for _, name := range []string{"number", "uri", "user", "extension"} {
		if found := text(endpoint, name); found != "" {
			return found
		}
	}
	return "Unknown"
}
