// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/coalesce"
	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// SendersService is the External Accounts API 0.1.6, a developer preview: the senders of messages, each of which can be linked
// to one application, which then gets its messages.
type SendersService struct {
	wire   *wire
	origin string
	locks  keyedLock[SenderKey]
	index  *coalesce.Index[SenderKey, listed[Sender]]
}

// SenderKey identifies a sender among those of an account.
type SenderKey struct {
	// Channel is one of Channels, ExternalID the id of the sender there: a phone number, a page, a service.
	Channel, ExternalID string
}

// String returns the key as "whatsapp/447700900001".
func (k SenderKey) String() string { return k.Channel + "/" + k.ExternalID }

// SenderMessenger is the channel whose senders the API can also create and delete.
const SenderMessenger = "messenger"

// SenderChannels are the channels of senders.
func SenderChannels() []string {
	return []string{SenderMessenger, senderRCS, "viber_service_msg", "whatsapp"}
}

// Sender is a sender. Responses also have its access token, which is not read.
type Sender struct {
	SenderKey

	Name string
	// ApplicationID is the application that it is linked to, or "".
	ApplicationID string
}

type senderDocument struct {
	Provider     string   `json:"provider"`
	ExternalID   string   `json:"external_id"`
	Name         string   `json:"name"`
	Applications []string `json:"applications"` // at most one
}

func readSender(entry []byte) (sender Sender, id string, err error) {
	var document senderDocument
	if err = decode(entry, &document); err != nil { // which may have ended before the key
		var known struct {
			Provider   string `json:"provider"`
			ExternalID string `json:"external_id"`
		}
		_ = decode(entry, &known)
		document.Provider, document.ExternalID = known.Provider, known.ExternalID
	}
	sender = Sender{SenderKey: SenderKey{document.Provider, document.ExternalID}, Name: document.Name}
	if len(document.Applications) > 0 {
		sender.ApplicationID = canonicalID(document.Applications[0])
	}
	if sender.Channel != "" && sender.ExternalID != "" {
		id = sender.String()
	}
	return sender, id, err
}

func newSendersService(w *wire, origin string) *SendersService {
	s := &SendersService{wire: w, origin: origin}
	s.index = coalesce.New(coalesce.Source[SenderKey, listed[Sender]]{
		OnePage:  true, // mostly
		IsAbsent: IsNotFound,
		GaveUp:   w.gaveUp(transport.Account),
		One: func(ctx context.Context, key SenderKey) (listed[Sender], error) {
			sender, err := s.get(ctx, key)
			return listed[Sender]{object: sender, id: key.String()}, err
		},
		Page: func(ctx context.Context, number int) (coalesce.Page[SenderKey, listed[Sender]], error) {
			entries, last, err := s.page(ctx, "", number)
			page := coalesce.Page[SenderKey, listed[Sender]]{Objects: make(map[SenderKey]listed[Sender], len(entries)), Total: number}
			if !last {
				page.Total++
			}
			for _, entry := range entries {
				page.Objects[entry.object.SenderKey] = entry
			}
			return page, err
		},
	})
	return s
}

func (s *SendersService) request(method string, segments ...string) request {
	return request{
		method: method, origin: s.origin, path: pathOf(append([]string{"beta", "chatapp-accounts"}, segments...)...), fixed: len(segments) == 0,
		// The responses that say whether a link exists are the same however often a request is sent.
		call: &transport.Call{Family: transport.Account, Replayable: true},
	}
}

// senderPageSize is the default of the API; whether it allows larger pages is undocumented.
const senderPageSize = 20

// page reads one page of the senders, of all channels or of one. Responses have no total: a page that is not full is the last.
func (s *SendersService) page(ctx context.Context, channel string, number int) (senders []listed[Sender], last bool, err error) {
	r := s.request(http.MethodGet)
	r.query = url.Values{"page_number": {strconv.Itoa(number)}, "page_size": {strconv.Itoa(senderPageSize)}}
	if channel != "" {
		r.query.Set("provider", channel)
	}
	body, err := s.wire.do(ctx, r)
	if err != nil {
		return nil, false, err
	}
	var page struct {
		Number   *int64            `json:"page_number"`
		Embedded []json.RawMessage `json:"_embedded"`
	}
	if err := decode(body, &page); err != nil {
		return nil, false, err
	}
	if page.Embedded == nil { // otherwise every sender would look gone
		return nil, false, unreadable("it has no list of senders")
	}
	if page.Number != nil && *page.Number != int64(number) {
		return nil, false, unreadable("it has page %d instead of page %d", *page.Number, number)
	}
	return readEach(page.Embedded, readSender), len(page.Embedded) < senderPageSize, nil
}

// List returns the senders of one channel, or of all if that is "", in the API's order, which is undocumented. It goes on after
// an *MalformedEntryError, which comes with what can be read of a sender.
//
// GET /beta/chatapp-accounts.
func (s *SendersService) List(ctx context.Context, channel string) iter.Seq2[Sender, error] {
	return paged("listing senders", func(number int) ([]listed[Sender], bool, error) { return s.page(ctx, channel, number) })
}

// Get reads a sender. IsNotFound holds for the error if the account has no such sender. All readers share one list, and its
// result is cached for the lifetime of the client.
//
// GET /beta/chatapp-accounts, or GET /beta/chatapp-accounts/CHANNEL/ID.
func (s *SendersService) Get(ctx context.Context, key SenderKey) (Sender, error) {
	known, err := s.index.Get(ctx, key)
	if errors.Is(err, coalesce.ErrAbsent) {
		known.object, err = s.get(ctx, key)
	}
	if err == nil {
		err = known.err
	}
	if err != nil {
		return Sender{}, fmt.Errorf("reading sender %s: %w", Quote(key.String()), err)
	}
	return known.object, nil
}

// get reads a sender from the API.
func (s *SendersService) get(ctx context.Context, key SenderKey) (Sender, error) {
	if key.Channel == senderRCS {
		return s.listed(ctx, key)
	}
	body, err := s.wire.do(ctx, s.request(http.MethodGet, key.Channel, key.ExternalID))
	if apiError, ok := errors.AsType[*Error](err); ok && apiError.Status == http.StatusNotFound && key.Channel == SenderMessenger {
		// It has no body, so that anything in between may have sent it. The list has the last word.
		sender, listErr := s.listed(ctx, key)
		if listErr == nil {
			listErr = err
		}
		return sender, listErr
	}
	if err != nil {
		return Sender{}, err
	}
	return decodeSender(body, key)
}

// senderRCS is the channel whose senders can only be listed.
const senderRCS = "rcs"

// listed finds a sender in the list. If an entry cannot be read that may be the sender, that is an error.
func (s *SendersService) listed(ctx context.Context, key SenderKey) (Sender, error) {
	var doubt error
	for sender, err := range s.List(ctx, key.Channel) {
		entry, malformed := errors.AsType[*MalformedEntryError](err)
		switch {
		case err != nil && !malformed:
			return Sender{}, err
		case malformed && (entry.ID == "" || sender.SenderKey == key):
			doubt = err
		case sender.SenderKey == key:
			return sender, nil
		}
	}
	if doubt == nil {
		doubt = fmt.Errorf("%w among the senders", ErrNotFound)
	}
	return Sender{}, doubt
}

// decodeSender decodes a response about the sender with a key. It may leave out the channel, which the path has.
func decodeSender(body []byte, key SenderKey) (Sender, error) {
	sender, _, err := readSender(body)
	switch {
	case err != nil:
		return Sender{}, err
	case sender.ExternalID != key.ExternalID || sender.Channel != "" && sender.Channel != key.Channel:
		return Sender{}, unreadable("it is about sender %s", Quote(sender.String()))
	}
	sender.Channel = key.Channel
	return sender, nil
}

// Relink links a sender to an application, or to none if that is "". change gets the sender as it is now and returns the
// application; the sender is read for it, under a lock. If the sender is linked to another application, that link is ended
// first: there is no call that does both, and in between nobody gets its messages. If the new link is refused then, the
// former one is put back. settled is false if the API does not show a new link yet.
//
// If a link may have been made or ended without a confirming response, the error is an *UnknownOutcomeError.
//
// GET /beta/chatapp-accounts, DELETE /beta/chatapp-accounts/CHANNEL/ID/applications/APPLICATION,
// POST /beta/chatapp-accounts/CHANNEL/ID/applications, GET /beta/chatapp-accounts/CHANNEL/ID.
func (s *SendersService) Relink(
	ctx context.Context, key SenderKey, change func(Sender) (applicationID string, err error),
) (sender Sender, settled bool, err error) {
	unlock, err := s.locks.lock(ctx, key)
	if err != nil {
		return Sender{}, false, fmt.Errorf("linking sender %s: %w", Quote(key.String()), err)
	}
	defer unlock()
	sender, settled, err = s.relink(ctx, key, change)
	if err != nil {
		s.index.Forget(key)
		return Sender{}, false, wrapped("linking sender "+Quote(key.String()), err)
	}
	s.index.Put(key, listed[Sender]{object: sender, id: key.String()})
	return sender, settled, nil
}

// latest reads a sender for a write. What this client has written moments ago, the API may not show yet.
func (s *SendersService) latest(ctx context.Context, key SenderKey) (Sender, error) {
	defer s.index.Enter(ctx)()
	known, err := s.index.Latest(ctx, key)
	switch {
	case errors.Is(err, coalesce.ErrAbsent):
		return s.get(ctx, key)
	case err == nil:
		err = known.err
	}
	return known.object, err
}

func (s *SendersService) relink(ctx context.Context, key SenderKey, change func(Sender) (string, error)) (sender Sender, settled bool, err error) {
	sender, err = s.latest(ctx, key)
	if err != nil {
		return Sender{}, false, err
	}
	before := sender.ApplicationID
	wanted, err := change(sender)
	wanted = canonicalID(wanted)
	if err != nil || wanted == before {
		return sender, true, err
	}
	if before != "" {
		if err := s.unlink(ctx, key, before); err != nil {
			return Sender{}, false, err
		}
		sender.ApplicationID = ""
	}
	if wanted == "" {
		return sender, true, nil
	}
	if err := s.link(ctx, key, wanted); err != nil {
		_, unknown := errors.AsType[*UnknownOutcomeError](err)
		switch {
		case unknown, before == "":
			return Sender{}, false, err
		case ctx.Err() != nil: // whoever interrupts a run waits for no more requests
			return Sender{}, false, fmt.Errorf("%w; the link to application %s is ended, so nobody gets the sender's messages until the next apply", err, before)
		}
		return Sender{}, false, s.putBack(ctx, key, before, err)
	}
	sender.ApplicationID = wanted
	_, settled = s.awaitLink(ctx, key, wanted)
	return sender, settled, nil
}

// AwaitLink is Get for a sender that was linked to an application moments ago: it waits some seconds until the API shows that.
//
// GET /beta/chatapp-accounts/CHANNEL/ID.
func (s *SendersService) AwaitLink(ctx context.Context, key SenderKey, applicationID string) (Sender, error) {
	sender, err := s.Get(ctx, key)
	if err != nil || sender.ApplicationID == canonicalID(applicationID) {
		return sender, err
	}
	if now, seen := s.awaitLink(ctx, key, canonicalID(applicationID)); seen {
		s.index.Put(key, listed[Sender]{object: now, id: key.String()})
		sender = now
	}
	return sender, nil
}

func (s *SendersService) awaitLink(ctx context.Context, key SenderKey, applicationID string) (sender Sender, seen bool) {
	seen, _ = untilSeen(ctx, func(ctx context.Context) (bool, error) {
		now, err := s.get(ctx, key)
		sender = now
		return err == nil && now.ApplicationID == applicationID, nil
	})
	return sender, seen
}

// putBack links a sender to the application that it was linked to before, after another link was refused.
func (s *SendersService) putBack(ctx context.Context, key SenderKey, before string, cause error) error {
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	if err := s.link(ctx, key, before); err != nil {
		return fmt.Errorf("%w; the link to application %s is ended, and putting it back failed, so nobody gets the sender's messages: %w", cause, before, err)
	}
	return fmt.Errorf("%w; the link to application %s is put back", cause, before)
}

// link makes a link. A refusal as a conflict means that there is a link already; it may be the one that was asked for.
func (s *SendersService) link(ctx context.Context, key SenderKey, applicationID string) error {
	r := s.request(http.MethodPost, key.Channel, key.ExternalID, "applications")
	r.json = map[string]string{"application": applicationID}
	body, err := s.wire.do(ctx, r)
	if err == nil {
		_, err = decodeSender(body, key)
	}
	return s.confirm(ctx, r, "linking", key, err, func(now Sender) bool { return now.ApplicationID == applicationID })
}

// unlink ends a link. The API has no 404 here: it also responds with a conflict if there is no such link, or no such sender.
func (s *SendersService) unlink(ctx context.Context, key SenderKey, applicationID string) error {
	r := s.request(http.MethodDelete, key.Channel, key.ExternalID, "applications", applicationID)
	_, err := s.wire.do(ctx, r)
	return s.confirm(ctx, r, "unlinking", key, err, func(now Sender) bool { return now.ApplicationID != applicationID })
}

// confirm reads the sender after a write that got no clear response, or was refused as a conflict.
func (s *SendersService) confirm(ctx context.Context, r request, doing string, key SenderKey, cause error, done func(Sender) bool) error {
	apiError, refused := errors.AsType[*Error](cause)
	conflict := refused && apiError.Status == http.StatusConflict
	if cause == nil || !conflict && !unsettled(r.call, cause) {
		return cause
	}
	ctx, cancel := s.wire.detached(ctx)
	defer cancel()
	var now Sender
	var err error
	_, _ = untilSeen(ctx, func(ctx context.Context) (bool, error) {
		now, err = s.get(ctx, key)
		return err != nil || done(now), nil //nolint:nilerr // the switch below has it
	})
	switch {
	case err == nil && done(now):
		return nil
	case conflict && err == nil:
		return fmt.Errorf("%w; the sender is linked to %s", cause, linkedTo(now))
	case err == nil:
		err = fmt.Errorf("%w; read back, the sender is linked to %s", cause, linkedTo(now))
	default:
		err = fmt.Errorf("%w; reading it back: %w", cause, err)
	}
	if conflict {
		return err
	}
	return &UnknownOutcomeError{Operation: doing + " sender " + Quote(key.String()), Repeatable: true, Err: err}
}

func linkedTo(sender Sender) string {
	if sender.ApplicationID == "" {
		return "no application"
	}
	return "application " + sender.ApplicationID
}

// CheckSenderID returns an error if an id is none that a sender of the channel can have.
func CheckSenderID(channel, id string) error {
	if id == "" || strings.ContainsAny(id, " \t\r\n/") {
		return errors.New("the id of a sender is not empty, and has no blanks and slashes")
	}
	if channel != "whatsapp" {
		return nil
	}
	switch digits, err := NormalizeMSISDN(id); {
	case err != nil:
		return err
	case digits != id:
		return fmt.Errorf("the id of a WhatsApp sender is its phone number in digits only: write %s", digits)
	}
	return nil
}

// IsSenderChannel reports whether the API knows a channel.
func IsSenderChannel(channel string) bool { return slices.Contains(SenderChannels(), channel) }
