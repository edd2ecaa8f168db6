// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package conversation

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/vonage"
)

// model is the data source's configuration and result. A nil is a value that the API's response omits.
type model struct {
	ID           types.String `tfsdk:"id"`
	APIVersion   types.String `tfsdk:"api_version"`
	RegionURL    types.String `tfsdk:"region_url"`
	AllowMissing types.Bool   `tfsdk:"allow_missing"`

	Exists         *bool       `tfsdk:"exists"`
	Name           *string     `tfsdk:"name"`
	DisplayName    *string     `tfsdk:"display_name"`
	ImageURL       *string     `tfsdk:"image_url"`
	State          *string     `tfsdk:"state"`
	SequenceNumber *int64      `tfsdk:"sequence_number"`
	Timestamp      *timestamp  `tfsdk:"timestamp"`
	Properties     *properties `tfsdk:"properties"`
	Members        []member    `tfsdk:"members"`
	Raw            *string     `tfsdk:"raw"`
}

type timestamp struct {
	Created   *string `tfsdk:"created"`
	Updated   *string `tfsdk:"updated"`
	Destroyed *string `tfsdk:"destroyed"`
}

type properties struct {
	TTL           *int64            `tfsdk:"ttl"`
	Video         *bool             `tfsdk:"video"`
	Type          *string           `tfsdk:"type"`
	CustomSortKey *string           `tfsdk:"custom_sort_key"`
	CustomData    map[string]string `tfsdk:"custom_data"`
}

// toRequest returns the query.
func (m model) toRequest() (vonage.ConversationQuery, diag.Diagnostics) {
	var diags diag.Diagnostics
	query := vonage.ConversationQuery{ID: m.ID.ValueString(), Version: m.APIVersion.ValueString()}
	if !m.RegionURL.IsNull() {
		origin, err := parseRegionURL(m.RegionURL.ValueString())
		if err != nil {
			diags.AddAttributeError(path.Root("region_url"), "Invalid region URL", err.Error())
		}
		query.BaseURL = origin
	}
	return query, diags
}

// newModel returns the result for a conversation that config queried.
func newModel(c vonage.Conversation, config model) model {
	m := missing(config)
	m.Exists = new(true)
	m.Name = c.Name
	m.DisplayName = c.DisplayName
	m.ImageURL = c.ImageURL
	m.State = c.State
	m.SequenceNumber = c.SequenceNumber
	if c.Timestamp != (vonage.ConversationTimestamp{}) {
		m.Timestamp = &timestamp{Created: c.Timestamp.Created, Updated: c.Timestamp.Updated, Destroyed: c.Timestamp.Destroyed}
	}
	m.Properties = newProperties(c.Properties)
	m.Members = newMembers(c.Members)
	m.Raw = new(strings.ToValidUTF8(string(c.Raw), "\uFFFD")) // encoding/json replaces invalid UTF-8 in the same way
	return m
}

// missing returns the result for a conversation that does not exist.
func missing(config model) model {
	return model{
		ID:           config.ID,
		APIVersion:   config.APIVersion,
		RegionURL:    config.RegionURL,
		AllowMissing: config.AllowMissing,
		Exists:       new(false),
	}
}

func newProperties(p vonage.ConversationProperties) *properties {
	if p.TTL == nil && p.Video == nil && p.Type == nil && p.CustomSortKey == nil && p.CustomData == nil {
		return nil
	}
	return &properties{TTL: p.TTL, Video: p.Video, Type: p.Type, CustomSortKey: p.CustomSortKey, CustomData: newCustomData(p.CustomData)}
}

// newCustomData keeps strings as they are and encodes other values as JSON, because the values of a Terraform map have
// one type.
func newCustomData(data map[string]json.RawMessage) map[string]string {
	if data == nil {
		return nil
	}
	texts := make(map[string]string, len(data))
	for name, value := range data {
		var text *string
		var compact bytes.Buffer
		switch {
		case json.Unmarshal(value, &text) == nil && text != nil:
			texts[name] = *text
		case json.Compact(&compact, value) == nil:
			texts[name] = compact.String()
		}
	}
	return texts
}
