// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"net/http"

	"github.com/vonage/terraform-provider-vonage/internal/emulator/platform/token"
)

// AuthenticateToken guards the APIs of an application.
func (a *Account) AuthenticateToken(r *Request) (Response, bool) {
	granted, refused := token.Rules{KeyOf: a.KeyOf, Now: a.Now(), Skew: a.Variant.ClockSkew}.Check(r.Request)
	if refused == nil && a.isSuspended() {
		refused = token.Invalid()
	}
	if refused != nil {
		return TokenRefused(refused.Kind, refused.Detail), false
	}
	r.Token = granted
	return Response{}, true
}

func (a *Account) isSuspended() bool {
	a.Lock()
	defer a.Unlock()
	return a.Suspended
}

// AdmitCodedJSON is AdmitJSON with the refusals of the APIs whose problems have codes.
func AdmitCodedJSON(r *Request) (Response, bool) {
	refusal, ok := AdmitJSON(r)
	switch {
	case ok:
		return Response{}, true
	case refusal.Status == http.StatusNotAcceptable:
		return codedWrongAccept(), false
	default:
		return codedWrongContentType(), false
	}
}
