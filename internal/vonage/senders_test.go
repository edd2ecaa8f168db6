// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

const (
	sendersPath = "/beta/chatapp-accounts"
	senderPath  = sendersPath + "/whatsapp/447700900001"
	firstPage   = "page_number=1&page_size=20"
)

func whatsapp() vonage.SenderKey {
	return vonage.SenderKey{Channel: "whatsapp", ExternalID: "447700900001"}
}

func senderLinked(application string) answer {
	applications := ""
	if application != "" {
		applications = quote(application)
	}
	return ok(`{"provider":"whatsapp","external_id":"447700900001","name":"Shop","access_token":"never read","applications":[` + applications + `]}`)
}

func sendersOf(senders ...string) answer {
	return ok(`{"page_number":1,"page_size":20,"_embedded":[` + strings.Join(senders, ",") + `],"_links":{}}`)
}

func to(application string) func(context.Context, *vonage.Client) error {
	return func(ctx context.Context, c *vonage.Client) error {
		_, _, err := c.Senders.Relink(ctx, whatsapp(), func(vonage.Sender) (string, error) { return application, nil })
		return err
	}
}

// Senders has the operations of the External Accounts API 0.1.6.
func (contracts) Senders() map[string]wired {
	get := func(path, query string) received {
		return received{Method: "GET", Path: path, Query: query, Authorization: basic}
	}
	shop := vonage.Sender{SenderKey: whatsapp(), Name: "Shop", ApplicationID: "a1"}
	return map[string]wired{
		"Senders.List": {
			[]answer{sendersOf(senderLinked("a1").body)},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return collect(c.Senders.List(ctx, "whatsapp"))
			},
			[]vonage.Sender{shop},
			[]received{get(sendersPath, firstPage+"&provider=whatsapp")},
		},
		"Senders.Get": {
			[]answer{sendersOf(senderLinked("A1").body)},
			func(ctx context.Context, c *vonage.Client) (any, error) { return c.Senders.Get(ctx, whatsapp()) },
			shop,
			[]received{get(sendersPath, firstPage)},
		},
		"Senders.Relink": {
			[]answer{sendersOf(senderLinked("a0").body), {status: http.StatusNoContent}, senderLinked("a1"), senderLinked("a1")},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				sender, _, err := c.Senders.Relink(ctx, whatsapp(), func(vonage.Sender) (string, error) { return "a1", nil })
				return sender, err
			},
			shop,
			[]received{
				get(sendersPath, firstPage),
				{Method: "DELETE", Path: senderPath + "/applications/a0", Authorization: basic},
				{Method: "POST", Path: senderPath + "/applications", ContentType: asJSON, Authorization: basic, Body: `{"application":"a1"}`},
				get(senderPath, ""),
			},
		},
		"Senders.AwaitLink": {
			[]answer{sendersOf(senderLinked("a0").body), senderLinked("a1")},
			func(ctx context.Context, c *vonage.Client) (any, error) {
				return c.Senders.AwaitLink(ctx, whatsapp(), "A1")
			},
			shop,
			[]received{get(sendersPath, firstPage), get(senderPath, "")},
		},
	}
}

func TestLinksOfSendersInTrouble(t *testing.T) {
	t.Parallel()
	const list, read, link, unlink0, unlink1 = "GET " + sendersPath, "GET " + senderPath, "POST " + senderPath + "/applications", "DELETE " + senderPath + "/applications/a0", "DELETE " + senderPath + "/applications/a1"
	conflict := answer{status: http.StatusConflict, body: `{"type":"https://www.nexmo.com/messages/Errors#Conflict","title":"Conflict","detail":"no"}`}
	forbidden := answer{status: http.StatusForbidden, body: `{"title":"Cannot link application"}`}
	done := answer{status: http.StatusNoContent}
	says := func(words ...string) func(error) bool {
		return func(err error) bool {
			for _, word := range words {
				if !strings.Contains(err.Error(), word) {
					return false
				}
			}
			return !unknownOutcome(err)
		}
	}
	now := func(application string) answer { return sendersOf(senderLinked(application).body) }
	none, ours := senderLinked(""), senderLinked("a1")
	for name, test := range map[string]sipTrouble{
		"linked already":   {[]answer{now("A1")}, to("a1"), []string{list}, nil},
		"unlinked already": {[]answer{now("")}, to(""), []string{list}, nil},
		"a link after all": {[]answer{now(""), conflict, none, ours, ours}, to("a1"), []string{list, link, read, read, read}, nil},
		"somebody else was first": {
			[]answer{now(""), conflict, senderLinked("a2"), senderLinked("a2"), senderLinked("a2"), senderLinked("a2")},
			to("a1"),
			[]string{list, link, read, read, read, read},
			says("Conflict", "a2"),
		},
		"no link after all": {[]answer{now("a1"), conflict, ours, none}, to(""), []string{list, unlink1, read, read}, nil},
		"a conflict that is one": {
			[]answer{now("a1"), conflict, ours, ours, ours, ours}, to(""), []string{list, unlink1, read, read, read, read}, says("a1"),
		},
		"the answer is lost":   {[]answer{now(""), brokenOff, ours, ours}, to("a1"), []string{list, link, read, read}, nil},
		"a link is lost":       {[]answer{now(""), brokenOff, none, none, none, none}, to("a1"), []string{list, link, read, read, read, read}, unknownOutcome},
		"an unlinking is lost": {[]answer{now("a1"), brokenOff, ours, ours, ours, ours}, to(""), []string{list, unlink1, read, read, read, read}, unknownOutcome},
		"the other link is put back": {
			[]answer{now("a0"), done, forbidden, senderLinked("a0")}, to("a1"), []string{list, unlink0, link, link}, says("Cannot link application", "put back"),
		},
		"the other link is lost": {
			[]answer{now("a0"), done, forbidden, forbidden}, to("a1"), []string{list, unlink0, link, link}, says("nobody gets"),
		},
		"cut in between": {
			[]answer{now("a0"), done, brokenOff, none, none, none, none}, to("a1"), []string{list, unlink0, link, read, read, read, read}, unknownOutcome,
		},
		"a link is shown late": {
			[]answer{now(""), ours, none, none, ours}, to("a1"), []string{list, link, read, read, read}, nil,
		},
		"linked again at once": {
			[]answer{now("a1"), done, ours, ours}, func(ctx context.Context, c *vonage.Client) error {
				return errors.Join(to("")(ctx, c), to("a1")(ctx, c)) // the list would still show the link that was ended
			}, []string{list, unlink1, link, read}, nil,
		},
		"refused by the caller": {
			[]answer{now("a0")}, func(ctx context.Context, c *vonage.Client) error {
				_, _, err := c.Senders.Relink(ctx, whatsapp(), func(now vonage.Sender) (string, error) {
					return "", fmt.Errorf("held by %s", now.ApplicationID)
				})
				return err
			}, []string{list}, says("held by a0"),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sent, err := requestsOf(t, test.call, test.answers...)
			if diff := cmp.Diff(test.sent, sent); diff != "" {
				t.Errorf("sent (-want +got):\n%s", diff)
			}
			if test.is == nil && err != nil || test.is != nil && (err == nil || !test.is(err)) {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

// TestSendersOnManyPages: a page that is not full is the last; how many there are, no response says.
func TestSendersOnManyPages(t *testing.T) {
	t.Parallel()
	page := func(number, count int) answer {
		senders := make([]string, count)
		for i := range senders {
			senders[i] = fmt.Sprintf(`{"provider":"messenger","external_id":"%d-%d","applications":[]}`, number, i)
		}
		return ok(fmt.Sprintf(`{"page_number":%d,"_embedded":[%s]}`, number, strings.Join(senders, ",")))
	}
	for name, test := range map[string]struct {
		pages []answer
		found int
		fails bool
	}{
		"one page": {[]answer{page(1, 19)}, 19, false}, "full pages": {[]answer{page(1, 20), page(2, 20), page(3, 0)}, 40, false},
		"the first page again": {[]answer{page(1, 20), page(1, 20)}, 20, true}, "no list": {[]answer{ok(`{"page_number":1}`)}, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := requestsOf(t, func(ctx context.Context, c *vonage.Client) error {
				found := 0
				for _, err := range c.Senders.List(ctx, "") {
					if err != nil {
						return err
					}
					found++
				}
				if found != test.found {
					t.Errorf("found %d", found)
				}
				return nil
			}, test.pages...)
			if (err != nil) != test.fails {
				t.Error(err)
			}
		})
	}
}

// TestAbsentMessengerAccount: the API's 404 about one has no body, so the list decides.
func TestAbsentMessengerAccount(t *testing.T) {
	t.Parallel()
	bare := answer{status: http.StatusNotFound}
	for name, test := range map[string]struct {
		channel string
		list    answer
		gone    bool
	}{
		"not in the list": {"messenger", sendersOf(), true}, "in the list": {"messenger", sendersOf(`{"provider":"messenger","external_id":"page"}`), false},
		"an entry without a name": {"messenger", sendersOf(`{"provider":"messenger"}`), false}, "no list": {"messenger", bare, false},
		"whatsapp": {"whatsapp", answer{}, false}, "rcs": {"rcs", answer{}, true}, // which can only be listed
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answers := []answer{sendersOf(), bare, test.list}
			switch test.channel {
			case "whatsapp":
				answers = answers[:2]
			case "rcs":
				answers = []answer{sendersOf(), sendersOf()}
			}
			_, err := requestsOf(t, func(ctx context.Context, c *vonage.Client) error {
				_, err := c.Senders.Get(ctx, vonage.SenderKey{Channel: test.channel, ExternalID: "page"})
				return err
			}, answers...)
			if err == nil || vonage.IsNotFound(err) != test.gone {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

func TestSenderIDs(t *testing.T) {
	t.Parallel()
	for id, want := range map[[2]string]string{
		{"whatsapp", "447700900001"}: "", {"whatsapp", "+44 7700 900001"}: "blanks", {"whatsapp", "+447700900001"}: "447700900001", {"whatsapp", "page"}: "phone number",
		{"messenger", "page"}: "", {"messenger", ""}: "empty", {"messenger", "a/b"}: "slashes", {"rcs", "Agent"}: "",
	} {
		err := vonage.CheckSenderID(id[0], id[1])
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v", id, err)
		}
	}
	if errors.Is(vonage.CheckSenderID("rcs", ""), vonage.ErrNotFound) {
		t.Error("an id that cannot be is not one that is absent")
	}
}
