// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/vonage/terraform-provider-vonage/internal/schematype"
)

// TimeoutsAttribute returns the "timeouts" attribute of a resource. standard is the default timeout of each operation.
func TimeoutsAttribute(ctx context.Context, standard time.Duration) schema.Attribute {
	return timeoutsAttribute(ctx, standard, "")
}

// GrowingTimeoutsAttribute is TimeoutsAttribute for operations that get more time by default the more they have to do. more
// says how much, after the default: "plus ...".
func GrowingTimeoutsAttribute(ctx context.Context, standard time.Duration, more string) schema.Attribute {
	return timeoutsAttribute(ctx, standard, " "+more)
}

func timeoutsAttribute(ctx context.Context, standard time.Duration, more string) schema.Attribute {
	described := func(operation string) string {
		return fmt.Sprintf("How long %s may take: a duration such as `30s` or `10m`, more than zero. Default `%s`%s.", operation, inMinutes(standard), more)
	}
	attribute := timeouts.Attributes(ctx, timeouts.Opts{
		Create: true, CreateDescription: described("creating"),
		Read: true, ReadDescription: described("reading"),
		Update: true, UpdateDescription: described("updating"),
		Delete: true, DeleteDescription: described("deleting"),
	})
	nested, ok := attribute.(schema.SingleNestedAttribute)
	if !ok {
		return attribute
	}
	nested.MarkdownDescription = "How long each operation may take in total, including retries and waits for the rate limits. " +
		"The response to a change that was sent by then is still awaited, and what became of the change is looked up: both together take at most one " +
		"`request_timeout` more. Not part of the API."
	for name, member := range nested.Attributes {
		if text, ok := member.(schema.StringAttribute); ok {
			text.Validators = []validator.String{schematype.PositiveDuration()}
			nested.Attributes[name] = text
		}
	}
	return nested
}

func inMinutes(d time.Duration) string { return fmt.Sprintf("%gm", d.Minutes()) }

// WithTimeout limits an operation to its configured timeout: configured is the operation's method of timeouts.Value,
// standard the default.
func WithTimeout(
	ctx context.Context,
	configured func(context.Context, time.Duration) (time.Duration, diag.Diagnostics),
	standard time.Duration,
	diags *diag.Diagnostics,
) (context.Context, context.CancelFunc) {
	timeout, problems := configured(ctx, standard)
	diags.Append(problems...)
	return context.WithTimeout(ctx, timeout)
}

// NoTimeouts returns the value of timeouts when the configuration sets none.
func NoTimeouts() timeouts.Value {
	operations := map[string]attr.Type{}
	for _, name := range []string{"create", "read", "update", "delete"} {
		operations[name] = types.StringType
	}
	return timeouts.Value{Object: types.ObjectNull(operations)}
}
