// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "net/http"

// Problems with a code, on which clients branch: Conversation API 5.5.1 and Users API.

func coded(status int, code, title, detail string, invalid ...parameter) response {
	body := document{
		"title": title, "type": "https://developer.nexmo.com/api/conversation#" + code, "code": code,
		"detail": detail, "instance": newInstance(),
	}
	if len(invalid) > 0 {
		body["invalid_parameters"] = invalid
	}
	return response{status: status, body: body}
}

func tokenRefused(kind, detail string) response {
	return coded(http.StatusUnauthorized, "system:error:"+kind, "Unauthorized.", detail)
}

func noConversation() response {
	return coded(http.StatusNotFound, "conversation:error:not-found", "Not found.",
		"Conversation does not exist, or you do not have access.")
}

func noMember() response {
	return coded(http.StatusNotFound, "conversation:error:member-not-found", "Not found.",
		"Member does not exist, or you do not have access.")
}

func noUser() response {
	return coded(http.StatusNotFound, "user:error:not-found", "Not found.", "User does not exist, or you do not have access.")
}

func validationFailed(name, reason string) response {
	return coded(http.StatusBadRequest, "http:error:validation-fail", "Bad request.", "Input validation failure.",
		parameter{Name: name, Reason: reason})
}

func codedWrongVerb() response {
	return coded(http.StatusMethodNotAllowed, "http:error:method-not-allowed", "Method Not Allowed.", "The HTTP method is not supported here.")
}

func codedWrongAccept() response {
	return coded(http.StatusNotAcceptable, "http:error:not-acceptable", "Not Acceptable.", "Invalid Accept header.")
}

func codedWrongContentType() response {
	return coded(http.StatusUnsupportedMediaType, "http:error:unsupported-media-type", "Unsupported Media Type.",
		"The Content-Type header has to be application/json.")
}

func codedInvalidJSON(reason string) response {
	return coded(http.StatusBadRequest, "http:error:validation-fail", "Bad request.", "The request body is not valid JSON: "+reason)
}

func conflict(code, detail string) response {
	return coded(http.StatusConflict, code, "Conflict.", detail)
}
