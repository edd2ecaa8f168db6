// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package endtoend_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/google/go-cmp/cmp"
)

// mustHaveSent requires that the account has received exactly these writes, such as "PUT /v2/applications/*", in any
// order.
func (w workspace) mustHaveSent(want ...string) {
	w.t.Helper()
	var got []string
	for _, request := range w.Emulator.Requests() {
		if request.Method != http.MethodGet {
			got = append(got, request.Method+" "+anyApplication.ReplaceAllString(request.Path, "applications/*"))
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		w.t.Errorf("sent (-want +got):\n%s", diff)
	}
}

var anyApplication = regexp.MustCompile("applications/.*")

// mustAgree requires that the account holds what the state says: nothing is missing, orphaned or duplicated.
func (w workspace) mustAgree() {
	w.t.Helper()
	if diff := cmp.Diff(w.inState(), w.inAccount()); diff != "" {
		w.t.Errorf("the account is not as the state says (-state +account):\n%s", diff)
	}
}

// inState returns the changeable objects in the state file, by kind and id.
func (w workspace) inState() map[string]string {
	w.t.Helper()
	var state struct {
		Resources []struct {
			Type      string `json:"type"`
			Instances []struct {
				Attributes values `json:"attributes"`
			} `json:"instances"`
		} `json:"resources"`
	}
	text, err := os.ReadFile(filepath.Join(w.directory, "terraform.tfstate"))
	w.must(err)
	w.must(json.Unmarshal(text, &state))
	held := map[string]string{}
	for _, resource := range state.Resources {
		for _, instance := range resource.Instances {
			is := instance.Attributes
			switch id := fmt.Sprintf("%s/%s", is["country"], is["msisdn"]); resource.Type { // an unfinished number has no id
			case "vonage_application":
				held[fmt.Sprint("application ", is["id"])] = fmt.Sprint(is["name"])
			case "vonage_number":
				held["number "+id] = "sms to " + textOf(is["sms_webhook_url"])
			case "vonage_number_link":
				held["link "+id] = fmt.Sprint(is["application_id"])
			case "vonage_application_numbers":
				for _, number := range is["numbers"].([]any) {
					held[fmt.Sprint("link ", number)] = fmt.Sprint(is["application_id"])
				}
			}
		}
	}
	return held
}

// inAccount returns the same for the account, without what no test manages.
func (w workspace) inAccount() map[string]string {
	held := map[string]string{}
	for id, document := range w.Emulator.Applications() {
		if document["name"] != "unmanaged" {
			held["application "+id] = fmt.Sprint(document["name"])
		}
	}
	for id, document := range w.Emulator.Numbers() {
		if application := textOf(document["app_id"]); application != "" {
			held["link "+id] = application
		}
		if id != ownNumber && id != otherNumber {
			held["number "+id] = "sms to " + textOf(document["moHttpUrl"])
		}
	}
	return held
}

func textOf(value any) string {
	text, _ := value.(string)
	return text
}
