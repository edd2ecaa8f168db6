// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"encoding/json"
	"reflect"
)

// User is a user of an application: somebody, or something, that calls and messages can reach. A field that is nil was left
// out; of a request, it is then not managed.
type User struct {
	ID          string         `json:"-"`
	Name        string         `json:"name,omitempty"`
	DisplayName *string        `json:"display_name,omitempty"`
	ImageURL    *string        `json:"image_url,omitempty"`
	Properties  UserProperties `json:"properties,omitzero"`
	Channels    UserChannels   `json:"channels,omitzero"`
}

// UserProperties are a user's settings.
type UserProperties struct {
	CustomData map[string]json.RawMessage `json:"custom_data,omitzero"`
	TTL        *int64                     `json:"ttl,omitempty"` // seconds, up to 2147483648
}

// UserChannels are where a user can be reached. An empty list means none, nil that the list was left out.
type UserChannels struct {
	PSTN      []NumberChannel    `json:"pstn,omitzero"`
	SIP       []SIPChannel       `json:"sip,omitzero"`
	VBC       []VBCChannel       `json:"vbc,omitzero"`
	Websocket []WebsocketChannel `json:"websocket,omitzero"`
	SMS       []NumberChannel    `json:"sms,omitzero"`
	MMS       []NumberChannel    `json:"mms,omitzero"`
	WhatsApp  []NumberChannel    `json:"whatsapp,omitzero"`
	Viber     []NumberChannel    `json:"viber,omitzero"`
	Messenger []MessengerChannel `json:"messenger,omitzero"`
}

// NumberChannel is a phone number, which answers have as text or as a JSON integer
// (https://github.com/Vonage/vonage-python-sdk users/tests/data/updated_user.json).
type NumberChannel struct {
	Number string `json:"number"`
}

// SIPChannel is a SIP address. Whether answers have the password is undocumented.
type SIPChannel struct {
	URI      string `json:"uri"`
	Username string `json:"username,omitempty"`
	Password string `json:"password,omitempty"`
}

// VBCChannel is an extension of Vonage Business Communications.
type VBCChannel struct {
	Extension string `json:"extension"`
}

// WebsocketChannel is a websocket to which the audio is sent.
type WebsocketChannel struct {
	URI         string                     `json:"uri"`
	ContentType string                     `json:"content-type,omitempty"`
	Headers     map[string]json.RawMessage `json:"headers,omitzero"`
}

// MessengerChannel is an account of Facebook Messenger.
type MessengerChannel struct {
	ID string `json:"id"`
}

// userDocument is a user as the API returns it: decoded, and as received.
type userDocument struct {
	user User
	raw  map[string]any
}

func decodeUser(body []byte) (userDocument, error) {
	var document struct {
		User
		ID string `json:"id"`
	}
	var raw map[string]any
	err := decode(body, &document)
	if rawErr := decode(body, &raw); err == nil {
		err = rawErr
	}
	document.User.ID = document.ID
	if document.ID == "" { // the error may have come before it
		var known struct {
			ID   string `json:"id"`
			Name string `json:"name"`
		}
		_ = decode(body, &known)
		document.User.ID, document.Name = known.ID, known.Name
	}
	return userDocument{document.User, raw}, err
}

func readUser(entry []byte) (user User, id string, err error) {
	document, err := decodeUser(entry)
	return document.user, document.user.ID, err
}

// userKeys are the properties of a user that a request can have.
func userKeys() []string {
	return []string{"name", "display_name", "image_url", "properties", "channels"}
}

// bodyOf returns the body of an update: everything that the user has now, with what is managed in its place. A PATCH may drop
// what it does not repeat: an answer to one has no custom data
// (https://github.com/Vonage/vonage-python-sdk users/tests/data/updated_user.json), and Vonage's client for Node sends whole
// users. What was managed before, and is no longer, is unset, except for the TTL, which no value unsets.
func (d userDocument) bodyOf(before, want User) (map[string]any, error) {
	body := map[string]any{}
	for _, key := range userKeys() {
		if value, has := d.raw[key]; has && value != nil {
			body[key] = value
		}
	}
	want.Properties.CustomData = keepForms(want.Properties.CustomData, d.user.Properties.CustomData)
	managed, err := toDocument(want)
	if err != nil {
		return nil, err
	}
	now, err := toDocument(d.user)
	if err != nil {
		return nil, err
	}
	dropped, err := toDocument(before)
	if err != nil {
		return nil, err
	}
	for _, key := range []string{"display_name", "image_url"} {
		if _, was := dropped[key]; was && managed[key] == nil {
			body[key] = nil
		}
	}
	for _, key := range []string{"name", "display_name", "image_url"} {
		if managed[key] != nil {
			body[key] = managed[key]
		}
	}
	body["properties"] = laidOver(body["properties"], now["properties"], dropped["properties"], managed["properties"], map[string]any{})
	body["channels"] = laidOver(body["channels"], now["channels"], dropped["channels"], managed["channels"], []any{})
	for _, key := range []string{"properties", "channels"} {
		if len(object(body[key])) == 0 {
			delete(body, key)
		}
	}
	return body, nil
}

// laidOver returns the members of an object as they are, with the managed ones in their place. A managed member that means what
// is there already keeps its form. One that is no longer managed becomes empty.
func laidOver(raw, now, dropped, managed, empty any) map[string]any {
	members := map[string]any{}
	for name, value := range object(raw) {
		if value != nil {
			members[name] = value
		}
	}
	for name := range object(dropped) {
		if _, still := object(managed)[name]; !still && name != "ttl" {
			members[name] = empty
		}
	}
	for name, value := range object(managed) {
		if !reflect.DeepEqual(value, object(now)[name]) {
			members[name] = value
		}
	}
	return members
}

// keepForms returns custom data with the values in the form that they have now, if they mean the same: see TextsOf.
func keepForms(want, now map[string]json.RawMessage) map[string]json.RawMessage {
	if want == nil {
		return nil
	}
	wanted, current, kept := TextsOf(want), TextsOf(now), map[string]json.RawMessage{}
	for name, value := range want {
		kept[name] = value
		if text, has := current[name]; has && text == wanted[name] {
			kept[name] = now[name]
		}
	}
	return kept
}

func object(value any) map[string]any {
	members, _ := value.(map[string]any)
	return members
}

// complete returns an answer with everything that was sent: what the answer leaves out, or shows in another form, is as it was
// sent.
func (u User) complete(sent User) User {
	id := u.ID
	u = sent
	u.ID = id
	return u
}
