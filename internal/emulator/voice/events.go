// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package voice

import (
	"maps"
	"strconv"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/document"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/feed"
	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/webhook"
)

// The reported price of every connected call, in EUR per minute, and its network. Nothing is charged.
const (
	callRate    = "0.01270000"
	callNetwork = "GB-FIXED"
)

// event reports a status to the leg's event webhook. Events of a call keep their order; the caller does not wait for
// delivery.
func (a *API) event(l *leg, status string, more document.Object) {
	a.Feed.Publish(a.APIKey, l.seen(status, document.Text(more, "disconnected_by"), a.Now()))
	a.send(l, l.statusEvent(status, document.Timestamp(a.Now()), more))
}

func (l *leg) statusEvent(status, now string, more document.Object) document.Object {
	body := document.Object{
		"uuid": l.uuid, "conversation_uuid": l.conversationID(), "status": status, "direction": l.direction,
		"from": address(l.from), "to": address(l.to), "timestamp": now,
	}
	maps.Copy(body, more)
	return body
}

// seen is a status of the leg for whoever watches.
func (l *leg) seen(status, disconnectedBy string, at time.Time) feed.Leg {
	return feed.Leg{
		Call: l.call.caller().uuid, UUID: l.uuid, Application: document.Text(l.call.application, "id"), Conversation: l.conversationID(),
		Direction: l.direction, From: address(l.from), To: address(l.to), Status: status, DisconnectedBy: disconnectedBy, Time: at,
	}
}

func (l *leg) conversationID() string { return l.call.conversation.ID() }

// send queues an event for the leg's event webhook, if it has one.
func (a *API) send(l *leg, body document.Object) {
	a.sendTo(l.call, l.events, body)
}

func (a *API) sendTo(c *call, hook webhook.Hook, body document.Object) {
	if hook.Address == "" {
		return
	}
	from := c.origin()
	c.queue.Push(func() {
		_, _ = a.webhooks.Deliver(a.Background.Work(), hook, from, body) // the webhook log records the outcome
	})
}

// completion returns the members that the completed event adds.
func completion(l *leg, by string) document.Object {
	seconds := max(0, int(l.ended.Sub(l.answered).Seconds())) // the clock may have been moved back
	rate, _ := strconv.ParseFloat(callRate, 64)               // callRate is a valid constant
	return document.Object{
		"start_time": document.Timestamp(l.answered), "end_time": document.Timestamp(l.ended), "duration": strconv.Itoa(seconds), "rate": callRate,
		"price": strconv.FormatFloat(rate*float64(seconds)/60, 'f', 8, 64), "network": callNetwork, "sip_code": document.Number(200),
		"disconnected_by": by,
	}
}

// errorEvent reports why an NCCO was abandoned.
func (a *API) errorEvent(l *leg, reason string) {
	a.Feed.Publish(a.APIKey, feed.Problem{Call: l.call.caller().uuid, Reason: reason, Time: a.Now()})
	a.send(l, document.Object{
		"reason": reason, "uuid": l.uuid, "conversation_uuid": l.conversationID(), "timestamp": document.Timestamp(a.Now()),
	})
}

// address returns how events and the answer webhook name a party.
func address(endpoint document.Object) string {
	for _, name := range []string{"number", "uri", "user", "extension"} {
		if found := document.Text(endpoint, name); found != "" {
			return found
		}
	}
	return "Unknown"
}
