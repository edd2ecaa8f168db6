// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package number

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

var patternForm = regexp.MustCompile(`^[0-9]+$`)

// patternAttributes restrict a list or a search to numbers with certain digits.
func patternAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"pattern": schema.StringAttribute{
			MarkdownDescription: "Digits to search for; `search_pattern` says where. By default all numbers match. API: `pattern`.",
			Optional:            true,
			Validators:          []validator.String{schematype.Matches(patternForm, "must be digits")},
		},
		"search_pattern": schema.Int64Attribute{
			MarkdownDescription: "Where `pattern` has to match: `0` (default) at the start of the number, including the country calling code, `1` anywhere, " +
				"`2` at the end. Requires `pattern`. API: `search_pattern`.",
			CustomType: schematype.Int64Type{},
			Optional:   true,
			Validators: []validator.Int64{int64validator.Between(0, 2), int64validator.AlsoRequires(path.MatchRoot("pattern"))},
		},
	}
}

// featuresFilter restricts to numbers that have all of the given features.
func featuresFilter(source string) schema.Attribute {
	return schema.SetAttribute{
		MarkdownDescription: featuresDescription + source,
		ElementType:         types.StringType,
		Optional:            true,
		Validators:          []validator.Set{setvalidator.SizeAtLeast(1), setvalidator.NoNullValues(), setvalidator.ValueStringsAre(featureNames())},
	}
}

const (
	featuresDescription = "Only numbers that have all of these features: `SMS`, `VOICE`, `MMS`. By default any. "
	// selectedHere is the note in the descriptions of filters that the API does not have.
	selectedHere = "Not part of the API: the provider filters."
)

func featureNames() validator.String { return schematype.OneOf("SMS", "VOICE", "MMS") }

// searchPattern returns the position at which the pattern is matched, or nil for the API's default.
func searchPattern(where schematype.Int64) *int {
	if where.IsNull() {
		return nil
	}
	return new(int(where.ValueInt64()))
}
