// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
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
	PSTN      []PSTNChannel      `json:"pstn,omitzero"`
	SIP       []SIPChannel       `json:"sip,omitzero"`
	VBC       []VBCChannel       `json:"vbc,omitzero"`
	Websocket []WebsocketChannel `json:"websocket,omitzero"`
	SMS       []NumberChannel    `json:"sms,omitzero"`
	MMS       []NumberChannel    `json:"mms,omitzero"`
	WhatsApp  []NumberChannel    `json:"whatsapp,omitzero"`
	Viber     []NumberChannel    `json:"viber,omitzero"`
	Messenger []MessengerChannel `json:"messenger,omitzero"`
}

// NumberChannel is a phone number, in E.164 digits. Answers may have it as a JSON integer.
type NumberChannel struct {
	Number string `json:"number"`
}

// PSTNChannel is a phone number, in E.164 digits. The specification has it as a JSON integer, which some answers have, too
// (https://github.com/Vonage/vonage-python-sdk users/tests/data/updated_user.json).
type PSTNChannel struct {
	Number string `json:"number"`
}

var integer = regexp.MustCompile(`^[1-9][0-9]*$`)

// MarshalJSON implements json.Marshaler. A response may have a number that is no integer: it stays as it is.
func (c PSTNChannel) MarshalJSON() ([]byte, error) {
	var number any = c.Number
	if integer.MatchString(c.Number) {
		number = json.Number(c.Number)
	}
	return json.Marshal(map[string]any{"number": number})
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
// what it does not repeat: a response to one has no custom data
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
	want.Channels.Websocket = keepHeaderForms(want.Channels.Websocket, d.user.Channels.Websocket)
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
	keepMembers(managed["channels"], dropped["channels"], now["channels"], body["channels"])
	for _, key := range []string{"name", "display_name", "image_url"} {
		if _, was := dropped[key]; was || managed[key] != nil {
			body[key] = managed[key] // nil unsets it
		}
	}
	body["properties"] = laidOver(body["properties"], now["properties"], dropped["properties"], managed["properties"], map[string]any{})
	body["channels"] = laidOver(body["channels"], now["channels"], dropped["channels"], managed["channels"], []any{})
	if len(object(managed["channels"]))+len(object(dropped["channels"])) == 0 && d.hidesPasswords() {
		delete(body, "channels") // repeating them could remove the passwords
	}
	for _, key := range []string{"properties", "channels"} {
		if len(object(body[key])) == 0 {
			delete(body, key)
		}
	}
	return body, nil
}

// hidesPasswords reports whether the response may have left out the password of a SIP channel.
func (d userDocument) hidesPasswords() bool {
	return slices.ContainsFunc(d.user.Channels.SIP, func(channel SIPChannel) bool { return channel.Password == "" })
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

// FixedPropertiesError reports that the API does not change the properties of a user: custom data and TTL.
type FixedPropertiesError struct{ err error }

// Error returns the API's refusal.
func (e *FixedPropertiesError) Error() string { return e.err.Error() }

// Unwrap returns the API's refusal.
func (e *FixedPropertiesError) Unwrap() error { return e.err }

// isPropertiesRefused reports whether a PATCH was refused because it had properties.
func isPropertiesRefused(err error) bool {
	apiError, ok := errors.AsType[*Error](err)
	if !ok || apiError.Status != http.StatusBadRequest && apiError.Status != http.StatusUnprocessableEntity {
		return false
	}
	for _, parameter := range apiError.InvalidParameters {
		if strings.Trim(parameter.Name, "$.\"") == "properties" || strings.HasPrefix(parameter.Reason, `"properties"`) {
			return true
		}
	}
	return strings.Contains(apiError.Detail, `"properties"`)
}

func sameProperties(body, raw map[string]any) bool {
	sent := object(body["properties"])
	return contains(raw["properties"], sent) && len(object(sent["custom_data"])) == len(object(object(raw["properties"])["custom_data"]))
}

// keeps reports whether a user has, after an update, the custom data that the update was to set or to leave alone.
func (d userDocument) keeps(now userDocument, before, want User) bool {
	kept := want.Properties.CustomData
	if kept == nil && before.Properties.CustomData == nil {
		kept = d.user.Properties.CustomData
	}
	has := TextsOf(now.user.Properties.CustomData)
	for name, text := range TextsOf(kept) {
		if has[name] != text {
			return false
		}
	}
	return true
}

// has reports whether a user has everything that was sent, as far as a response shows it.
func (u User) has(sent User) bool {
	now, wanted, err := u.beside(sent)
	return err == nil && contains(now, wanted)
}

// same reports whether a user has everything that was sent, as far as a response shows it, and nothing else.
func (u User) same(sent User) bool {
	now, wanted, err := u.beside(sent)
	return err == nil && reflect.DeepEqual(withoutEmpty(now), withoutEmpty(wanted))
}

// beside returns a user of a response and one that was sent as documents, the latter without the passwords that the response leaves
// out.
func (u User) beside(sent User) (now, wanted map[string]any, err error) {
	sent.Channels.SIP = slices.Clone(sent.Channels.SIP)
	for i := range min(len(sent.Channels.SIP), len(u.Channels.SIP)) {
		if u.Channels.SIP[i].Password == "" {
			sent.Channels.SIP[i].Password = ""
		}
	}
	if now, err = toDocument(u); err != nil {
		return nil, nil, err
	}
	wanted, err = toDocument(sent)
	return now, wanted, err
}

// withoutEmpty removes empty objects and lists from a document: an API may add and leave them out at will.
func withoutEmpty(members map[string]any) map[string]any {
	for name, value := range members {
		inner, isObject := value.(map[string]any)
		list, isList := value.([]any)
		if isObject {
			withoutEmpty(inner)
		}
		if isObject && len(inner) == 0 || isList && len(list) == 0 {
			delete(members, name)
		}
	}
	return members
}

// keepHeaderForms is keepForms for the headers of websockets.
func keepHeaderForms(want, now []WebsocketChannel) []WebsocketChannel {
	kept := slices.Clone(want)
	for i, channel := range kept {
		at := slices.IndexFunc(now, func(other WebsocketChannel) bool { return other.URI == channel.URI })
		if at >= 0 {
			kept[i].Headers = keepForms(channel.Headers, now[at].Headers)
		}
	}
	return kept
}

// keepMembers adds to the entries of managed channels what the same entries have now that is not managed, and was not before, such as
// passwords and headers that others have set. now and raw are the same channels, decoded and as received. What this client does not
// model is left out: the API may not take it back.
func keepMembers(managed, before, now, raw any) {
	for kind := range object(managed) {
		received := entriesOf(raw, kind)
		for _, entry := range entriesOf(managed, kind) {
			same := func(other map[string]any) bool { return sameChannel(entry, other) }
			at, was := slices.IndexFunc(entriesOf(now, kind), same), slices.IndexFunc(entriesOf(before, kind), same)
			if at < 0 || at >= len(received) {
				continue
			}
			for name := range entriesOf(now, kind)[at] {
				_, is := entry[name]
				if !is && (was < 0 || entriesOf(before, kind)[was][name] == nil) {
					entry[name] = received[at][name]
				}
			}
		}
	}
}

// entriesOf returns the entries of a kind of channels; one that is no object is empty.
func entriesOf(channels any, kind string) []map[string]any {
	list, _ := object(channels)[kind].([]any)
	entries := make([]map[string]any, len(list))
	for i, entry := range list {
		entries[i] = object(entry)
	}
	return entries
}

// sameChannel reports whether two entries are for the same address, and not with different user names.
func sameChannel(a, b map[string]any) bool {
	for _, name := range []string{"uri", "number", "extension", "id"} {
		if !reflect.DeepEqual(a[name], b[name]) {
			return false
		}
	}
	return a["username"] == nil || b["username"] == nil || a["username"] == b["username"]
}

func object(value any) map[string]any {
	members, _ := value.(map[string]any)
	return members
}

// complete returns a response with everything that was sent: what the response leaves out, or shows in another form, is as it was
// sent.
func (u User) complete(sent User) User {
	id := u.ID
	u = sent
	u.ID = id
	return u
}
