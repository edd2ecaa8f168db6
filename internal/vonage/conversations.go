// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"golang.org/x/sync/errgroup"

	"github.com/vonage/terraform-provider-vonage/internal/vonage/transport"
)

// Versions of the Conversation API, as they appear in its paths.
const (
	ConversationV1   = "v1" // current
	ConversationV03  = "v0.3"
	ConversationV01  = "v0.1"
	ConversationBeta = "beta"
)

// membersInFlight is the maximum number of members of one conversation fetched concurrently.
const membersInFlight = 8

// ConversationsService is the Conversation API.
type ConversationsService struct {
	wire   *wire
	origin string
}

// ConversationQuery identifies a conversation and the API that serves it.
type ConversationQuery struct {
	ID string
	// Version is one of the versions above; empty means v1.
	Version string
	// BaseURL is the origin of the region that owns the call: no other region knows its conversation. Empty means
	// Config.APIURL.
	BaseURL string
}

// Get reads a conversation with its members. IsNotFound holds for the error if the conversation has ended, belongs to
// another application or is in another region; the API does not distinguish these cases.
//
// GET /VERSION/conversations/ID and, from v0.3 on, its members below it.
func (s *ConversationsService) Get(ctx context.Context, query ConversationQuery) (Conversation, error) {
	conversation, err := s.get(ctx, query)
	if err != nil {
		return Conversation{}, fmt.Errorf("reading conversation %s: %w", query.ID, err)
	}
	return conversation, nil
}

func (s *ConversationsService) get(ctx context.Context, query ConversationQuery) (Conversation, error) {
	body, err := s.fetch(ctx, query, nil)
	if err != nil {
		return Conversation{}, err
	}
	var document conversationDocument
	if err := decode(body, &document); err != nil {
		return Conversation{}, err
	}
	conversation := document.conversation(body)
	if conversation.ID != query.ID {
		return Conversation{}, unreadable("it is about conversation %s", Quote(conversation.ID))
	}
	switch query.Version {
	case ConversationV01, ConversationBeta:
		conversation.Members, err = embeddedMembers(document.Members)
	default:
		conversation.Members, err = s.members(ctx, query)
	}
	if err != nil {
		return Conversation{}, err
	}
	return conversation, nil
}

func embeddedMembers(entries []json.RawMessage) ([]Member, error) {
	members := make([]Member, 0, len(entries))
	for i, entry := range entries {
		var document memberDocument
		err := decode(entry, &document)
		switch {
		case document.id() == "":
			return nil, unreadable("member %d has no id", i+1)
		case err != nil:
			return nil, fmt.Errorf("reading its member %s: %w", Quote(document.id()), err)
		}
		members = append(members, document.member())
	}
	return members, nil
}

// members lists the members, then reads each one: the list contains neither channels nor times. A member that is gone is
// left out. If anything is gone, the conversation may be, too, and is read once more: IsNotFound holds for the error only
// if the conversation itself is not found.
func (s *ConversationsService) members(ctx context.Context, query ConversationQuery) ([]Member, error) {
	ids, err := s.memberIDs(ctx, query)
	if IsNotFound(err) {
		if _, gone := s.fetch(ctx, query, nil); gone != nil {
			return nil, gone
		}
		return nil, fmt.Errorf("the conversation exists, but listing its members failed: %s", err.Error()) // not wrapped: see above
	}
	if err != nil {
		return nil, fmt.Errorf("listing its members: %w", err)
	}
	members := make([]Member, len(ids))
	group, reading := errgroup.WithContext(ctx)
	group.SetLimit(membersInFlight)
	for i, id := range ids {
		group.Go(func() error {
			member, err := s.member(reading, query, id)
			if err != nil && !IsNotFound(err) {
				return fmt.Errorf("reading its member %s: %w", id, err)
			}
			members[i] = member // one that is gone has no id
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	present := slices.DeleteFunc(members, func(m Member) bool { return m.ID == "" })
	if len(present) < len(ids) {
		if _, err := s.fetch(ctx, query, nil); err != nil {
			return nil, err
		}
	}
	return present, nil
}

func (s *ConversationsService) member(ctx context.Context, query ConversationQuery, id string) (Member, error) {
	body, err := s.fetch(ctx, query, nil, "members", id)
	if err != nil {
		return Member{}, err
	}
	var document memberDocument
	if err := decode(body, &document); err != nil {
		return Member{}, err
	}
	if document.id() != id {
		return Member{}, unreadable("it is about member %s", Quote(document.id()))
	}
	return document.member(), nil
}

// memberIDs reads every page of the list of members.
func (s *ConversationsService) memberIDs(ctx context.Context, query ConversationQuery) ([]string, error) {
	var ids []string
	listed, followed := map[string]bool{}, map[string]bool{}
	for cursor := ""; ; {
		parameters := url.Values{"page_size": {strconv.Itoa(pageSize)}}
		if cursor != "" {
			parameters.Set("cursor", cursor)
		}
		body, err := s.fetch(ctx, query, parameters, "members")
		if err != nil {
			return nil, err
		}
		var page memberPage
		if err := decode(body, &page); err != nil {
			return nil, err
		}
		for i, entry := range page.Embedded.Members {
			var member memberDocument
			_ = decode(entry, &member) // only its id is of use here
			if member.id() == "" {
				return nil, unreadable("member %d has no id", i+1)
			}
			if !listed[member.id()] { // a member that moves while pages are read may be on two pages
				listed[member.id()] = true
				ids = append(ids, member.id())
			}
		}
		if page.Links.Next == nil || page.Links.Next.Href == "" {
			return ids, nil
		}
		if cursor, err = cursorOf(page.Links.Next.Href); err != nil {
			return nil, err
		}
		if followed[cursor] {
			return nil, unreadable("its pages go round in a circle")
		}
		followed[cursor] = true
	}
}

// cursorOf extracts the cursor from the link to the next page. Nothing else of the link is used: it names a host, but
// credentials are sent to the configured host only. The cursor is decoded once here and encoded again when it is
// sent.
func cursorOf(href string) (string, error) {
	link, err := url.Parse(href)
	if err != nil {
		return "", unreadable("the link to its next page is no URL")
	}
	query, err := url.ParseQuery(link.RawQuery)
	if err != nil {
		return "", unreadable("the link to its next page has a broken query")
	}
	if query.Get("cursor") == "" {
		return "", unreadable("the link to its next page has no cursor")
	}
	return query.Get("cursor"), nil
}

type memberPage struct {
	Embedded memberList `json:"_embedded"`
	Links    struct {
		Next *struct {
			Href string `json:"href"`
		} `json:"next"`
	} `json:"_links"`
}

// memberList is {"members": […]}, or the bare array that the specification shows for other lists of this API.
type memberList struct{ Members []json.RawMessage }

// UnmarshalJSON implements json.Unmarshaler.
func (l *memberList) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte("[")) {
		return json.Unmarshal(data, &l.Members)
	}
	var object struct {
		Members []json.RawMessage `json:"members"`
	}
	err := json.Unmarshal(data, &object)
	l.Members = object.Members
	return err
}

// fetch reads the resource at a path below the conversation.
func (s *ConversationsService) fetch(ctx context.Context, query ConversationQuery, parameters url.Values, below ...string) ([]byte, error) {
	if query.ID == "" {
		return nil, errors.New("the conversation has no id") // an empty id would read the list
	}
	path := append([]string{cmp.Or(query.Version, ConversationV1), "conversations", query.ID}, below...)
	return s.wire.do(ctx, request{
		method: http.MethodGet, origin: cmp.Or(query.BaseURL, s.origin), path: pathOf(path...), query: parameters,
		call: &transport.Call{Family: transport.Conversations},
	})
}
