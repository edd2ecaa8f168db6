// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/framework"
	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

var _ list.ListResourceWithConfigure = (*applicationNumbersListResource)(nil)

// applicationNumbersListResource is the list resource vonage_application_numbers.
type applicationNumbersListResource struct{ numbers *vonage.NumbersService }

// NewApplicationNumbersListResource returns the list resource vonage_application_numbers.
func NewApplicationNumbersListResource() list.ListResource { return &applicationNumbersListResource{} }

func (l *applicationNumbersListResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_application_numbers"
}

func (l *applicationNumbersListResource) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the applications that numbers of the account are linked to, each with all its numbers. It reads all numbers that have a link, a hundred with " +
			"each request, before it shows the first application.",
	}
}

func (l *applicationNumbersListResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	if data := framework.Data(req.ProviderData, &resp.Diagnostics); data != nil {
		l.numbers = data.Client.Numbers
	}
}

func (l *applicationNumbersListResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	stream.Results = framework.Listing[applicationLinks]{
		Noun:    "numbers of applications",
		All:     byApplication(l.numbers.List(ctx, vonage.ListNumbersOptions{HasApplication: types.BoolValue(true).ValueBoolPointer()})),
		Selects: func(links applicationLinks) bool { return len(links.numbers) > 0 },
		Name:    applicationLinks.displayName,
		Model:   applicationLinks.model,
	}.Results(ctx, req)
}

// applicationLinks are the numbers that are linked to one application.
type applicationLinks struct {
	application string // canonical id
	numbers     []vonage.Number
}

func (l applicationLinks) displayName() string {
	if len(l.numbers) == 1 {
		return "1 number of application " + l.application
	}
	return fmt.Sprintf("%d numbers of application %s", len(l.numbers), l.application)
}

func (l applicationLinks) model() framework.Identifiable {
	having := map[string]int{} // numbers by digits
	for _, number := range l.numbers {
		having[number.MSISDN]++
	}
	all := make(entries, 0, len(l.numbers))
	for _, number := range l.numbers {
		all = append(all, newEntry(number.Key(), having[number.MSISDN]))
	}
	return newApplicationNumbersModel(all, importedApplicationNumbers(l.application))
}

// byApplication groups numbers by their application, sorted by its id. It passes errors on before, and ends after one that
// ends the list.
func byApplication(numbers iter.Seq2[vonage.Number, error]) iter.Seq2[applicationLinks, error] {
	return func(yield func(applicationLinks, error) bool) {
		linked := map[string][]vonage.Number{}
		for number, err := range numbers {
			switch {
			case err != nil && !yield(applicationLinks{}, err):
				return
			case err == nil && number.ApplicationID != "":
				application := strings.ToLower(number.ApplicationID)
				linked[application] = append(linked[application], number)
			}
		}
		for _, application := range slices.Sorted(maps.Keys(linked)) {
			if !yield(applicationLinks{application, linked[application]}, nil) {
				return
			}
		}
	}
}
