// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"encoding/json"
	"maps"
)

// Application is a Vonage application as the Application API v2 sends and receives it. A nil pointer stands for an
// absent key: an absent capability is off, an absent setting is left to the server.
type Application struct {
	ID           string       `json:"id,omitempty"`
	Name         string       `json:"name"`
	Keys         Keys         `json:"keys"`
	Capabilities Capabilities `json:"capabilities"`
	Privacy      *Privacy     `json:"privacy,omitempty"`
}

// Keys is the application's key pair. The private key is set only in the response to the request that generated the
// pair.
type Keys struct {
	PublicKey  string `json:"public_key,omitempty"`
	PrivateKey string `json:"private_key,omitempty"`
}

// Privacy holds the account owner's consent.
type Privacy struct {
	ImproveAI *bool `json:"improve_ai,omitempty"`
}

// Capabilities lists what an application can do. Updates preserve capabilities that this type does not model (see
// ApplicationsService.Update).
type Capabilities struct {
	Voice       *Voice       `json:"voice,omitempty"`
	Messages    *Messages    `json:"messages,omitempty"`
	RTC         *RTC         `json:"rtc,omitempty"`
	Verify      *Verify      `json:"verify,omitempty"`
	Video       *Video       `json:"video,omitempty"`
	NetworkAPIs *NetworkAPIs `json:"network_apis,omitempty"`
	VBC         *VBC         `json:"vbc,omitempty"`
}

// Webhook is a URL that Vonage calls. The timeouts are in milliseconds and exist for voice only; their JSON names are
// those that the live API lists when it refuses others (https://github.com/Vonage/vonage-dotnet-sdk/issues/625).
type Webhook struct {
	Address        string `json:"address"`
	HTTPMethod     string `json:"http_method,omitempty"`
	ConnectTimeout *int64 `json:"connect_timeout,omitempty"`
	SocketTimeout  *int64 `json:"socket_timeout,omitempty"`
}

// Voice is the voice capability.
type Voice struct {
	Webhooks           VoiceWebhooks `json:"webhooks"`
	SignedCallbacks    *bool         `json:"signed_callbacks,omitempty"`
	ConversationsTTL   *int64        `json:"conversations_ttl,omitempty"`
	LegPersistenceTime *int64        `json:"leg_persistence_time,omitempty"`
	Region             string        `json:"region,omitempty"`
}

// VoiceWebhooks are the webhooks of voice.
type VoiceWebhooks struct {
	AnswerURL         *Webhook `json:"answer_url,omitempty"`
	FallbackAnswerURL *Webhook `json:"fallback_answer_url,omitempty"`
	EventURL          *Webhook `json:"event_url,omitempty"`
}

// Messages is the messages capability.
type Messages struct {
	Webhooks                 MessagesWebhooks `json:"webhooks"`
	Version                  string           `json:"version,omitempty"`
	AuthenticateInboundMedia *bool            `json:"authenticate_inbound_media,omitempty"`
}

// MessagesWebhooks are the webhooks of messages.
type MessagesWebhooks struct {
	InboundURL *Webhook `json:"inbound_url,omitempty"`
	StatusURL  *Webhook `json:"status_url,omitempty"`
}

// RTC is the capability of in-app voice and messaging.
type RTC struct {
	Webhooks        RTCWebhooks `json:"webhooks"`
	SignedCallbacks *bool       `json:"signed_callbacks,omitempty"`
}

// RTCWebhooks are the webhooks of rtc.
type RTCWebhooks struct {
	EventURL *Webhook `json:"event_url,omitempty"`
}

// Verify is the verify capability.
type Verify struct {
	Webhooks VerifyWebhooks `json:"webhooks"`
}

// VerifyWebhooks are the webhooks of verify.
type VerifyWebhooks struct {
	StatusURL *Webhook `json:"status_url,omitempty"`
}

// Video is the video capability.
type Video struct {
	Webhooks VideoWebhooks `json:"webhooks"`
	Storage  *VideoStorage `json:"storage,omitempty"`
}

// VideoEvents returns the names of the events that video reports, sorted (Application API 2.4.1).
func VideoEvents() []string {
	return []string{
		"archive_status", "broadcast_status", "captions_status", "connection_created", "connection_destroyed", "render_status",
		"session_created", "session_destroyed", "session_notification", "sip_call_created", "sip_call_destroyed",
		"sip_call_mute_forced", "sip_call_updated", "stream_created", "stream_destroyed",
	}
}

// VideoWebhooks maps the name of a video event (see VideoEvents) to its webhook.
type VideoWebhooks map[string]VideoWebhook

// UnmarshalJSON reads the known events only: this client must not overwrite events that the API adds later, and they
// may have another shape.
func (w *VideoWebhooks) UnmarshalJSON(data []byte) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return err
	}
	*w = nil
	for _, event := range VideoEvents() {
		member, ok := members[event]
		if !ok {
			continue
		}
		var webhook *VideoWebhook
		if err := json.Unmarshal(member, &webhook); err != nil {
			return err
		}
		if webhook != nil {
			if *w == nil {
				*w = VideoWebhooks{}
			}
			(*w)[event] = *webhook
		}
	}
	return nil
}

// MarshalJSON encodes an empty map as an object, never as null.
func (w VideoWebhooks) MarshalJSON() ([]byte, error) {
	if w == nil {
		return []byte("{}"), nil
	}
	return json.Marshal(map[string]VideoWebhook(w))
}

// VideoWebhook is the webhook of one video event.
type VideoWebhook struct {
	Address string `json:"address"`
	Active  *bool  `json:"active,omitempty"`
	Secret  string `json:"secret,omitempty"`
}

// VideoStorage configures how archives are stored.
type VideoStorage struct {
	ServerSideEncryption *bool `json:"server_side_encryption,omitempty"`
	EndToEndEncryption   *bool `json:"end_to_end_encryption,omitempty"`
	CloudStorage         *bool `json:"cloud_storage,omitempty"`
}

// NetworkAPIs links the application to the network registry.
type NetworkAPIs struct {
	NetworkApplicationID string `json:"network_application_id,omitempty"`
	RedirectURI          string `json:"redirect_uri,omitempty"`
}

// VBC is the Vonage Business Communications capability; it has no settings.
type VBC struct{}

// normalizeApplication removes insignificant differences: the API may return an unset webhook as an empty address
// with a method.
func normalizeApplication(a Application) Application {
	if voice := a.Capabilities.Voice; voice != nil {
		dropUnset(&voice.Webhooks.AnswerURL, &voice.Webhooks.FallbackAnswerURL, &voice.Webhooks.EventURL)
	}
	if messages := a.Capabilities.Messages; messages != nil {
		dropUnset(&messages.Webhooks.InboundURL, &messages.Webhooks.StatusURL)
	}
	if rtc := a.Capabilities.RTC; rtc != nil {
		dropUnset(&rtc.Webhooks.EventURL)
	}
	if verify := a.Capabilities.Verify; verify != nil {
		dropUnset(&verify.Webhooks.StatusURL)
	}
	if video := a.Capabilities.Video; video != nil {
		maps.DeleteFunc(video.Webhooks, func(_ string, webhook VideoWebhook) bool { return webhook.Address == "" })
		if len(video.Webhooks) == 0 {
			video.Webhooks = nil
		}
	}
	return a
}

func dropUnset(webhooks ...**Webhook) {
	for _, webhook := range webhooks {
		if *webhook != nil && (*webhook).Address == "" {
			*webhook = nil
		}
	}
}
