// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package resilience_test

import (
	"testing"

	"github.com/vonage/terraform-provider-vonage/internal/acctest"
)

// TestReferencesAreCheckedLate: what a mocked provider may have made up passes validation. From anybody else, the plan or the
// read refuses it on its attribute, before anything is sent.
func TestReferencesAreCheckedLate(t *testing.T) {
	t.Parallel()
	const made = "jp4146p4"
	for name, test := range map[string]struct {
		typeName, attribute, words string
		config                     values
	}{
		"resource: link":             {"vonage_number_link", "application_id", "Invalid application id", values{"msisdn": "447700900001", "application_id": made}},
		"resource: link's country":   {"vonage_number_link", "country", "Invalid country", values{"msisdn": "447700900001", "country": made, "application_id": soundApplications[0]}},
		"resource: number":           {"vonage_number", "country", "Invalid country", values{"msisdn": "447700900001", "country": made}},
		"resource: key":              {"vonage_application", "public_key", "Invalid public key", values{"name": "n", "public_key": made}},
		"resource: write-only key":   {"vonage_application", "public_key_wo", "Invalid public key", values{"name": "n", "public_key_wo": made, "public_key_wo_version": 1}},
		"resource: fragment":         {"vonage_verify_template_fragment", "template_id", "Invalid template id", values{"template_id": made, "channel": "sms", "locale": "en-us", "text": "${code}"}},
		"data: Verify template":      {"vonage_verify_template", "id", "Invalid UUID", values{"id": made}},
		"data: user":                 {"vonage_user", "id", "Invalid user id", values{"id": made}},
		"data: application":          {"vonage_application", "id", "Invalid UUID", values{"id": made}},
		"data: number":               {"vonage_number", "country", "Invalid country", values{"msisdn": "447700900001", "country": made}},
		"data: numbers":              {"vonage_numbers", "application_id", "Invalid application id", values{"application_id": made}},
		"data: numbers of a country": {"vonage_numbers", "country", "Invalid country", values{"country": made}},
		"data: offers":               {"vonage_available_numbers", "country", "Invalid country", values{"country": made}},
		"list: numbers":              {"vonage_number", "application_id", "Invalid application id", values{"application_id": made}},
		"list: links":                {"vonage_number_link", "country", "Invalid country", values{"country": made}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := acctest.New(t)
			p := env.Protocol(t)
			var diags acctest.Diagnostics
			switch name[:4] {
			case "reso":
				p.ValidateResource(test.typeName, test.config).Errors().MustBeEmpty(t)
				_, diags = p.Plan(test.typeName, acctest.Object{}, test.config)
			case "data":
				p.ValidateDataSource(test.typeName, test.config).Errors().MustBeEmpty(t)
				_, diags = p.ReadDataSource(test.typeName, test.config)
			default:
				results, _ := p.List(test.typeName, test.config, 100, false)
				for _, result := range results {
					diags = append(diags, result.Diagnostics...)
				}
			}
			diags.MustFail(t, test.attribute, test.words)
			if requests := env.Emulator.Requests(); len(requests) > 0 {
				t.Errorf("%d requests were sent", len(requests))
			}
		})
	}
}
