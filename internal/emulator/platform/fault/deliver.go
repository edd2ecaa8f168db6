// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package fault

import (
	"bytes"
	"cmp"
	"net/http"
	"strconv"
	"time"
)

// Alter returns the response to send instead of right, which is nil if the request was not processed. A nil result
// closes the connection without a response.
func (f *Fault) Alter(right *Answer) *Answer {
	switch f.Kind {
	case CloseBefore, CloseAfter:
		return nil
	case Status, StatusAfter:
		return f.refusal()
	case HTML:
		return f.gatewayPage()
	case Redirect:
		redirect := NewAnswer()
		redirect.Status = f.status(http.StatusTemporaryRedirect)
		redirect.Header().Set("Location", f.Location)
		return redirect
	case Garbage:
		right.Body.Reset()
		right.Body.WriteString("\x00\x1f\x8b{]garbage\xff")
	case Empty:
		right.Body.Reset()
	case Late, Slow, Truncate, Oversize: // affect the delivery only
	}
	return right
}

func (f *Fault) refusal() *Answer {
	refusal := NewAnswer()
	refusal.Status = f.status(http.StatusInternalServerError)
	if f.RetryAfter != "" {
		refusal.Header().Set("Retry-After", f.RetryAfter)
	}
	if f.Body != "" {
		refusal.Header().Set("Content-Type", cmp.Or(f.ContentType, "application/json"))
		refusal.Body.WriteString(f.Body)
	}
	return refusal
}

func (f *Fault) gatewayPage() *Answer {
	page := NewAnswer()
	page.Status = f.status(http.StatusBadGateway)
	page.Header().Set("Content-Type", "text/html")
	said := strconv.Itoa(page.Status) + " " + http.StatusText(page.Status)
	page.Body.WriteString("<html>\r\n<head><title>" + said + "</title></head>\r\n<body><center><h1>" + said +
		"</h1></center></body>\r\n</html>\r\n")
	return page
}

// Deliver sends a response as the fault specifies. It stops when the client disconnects or the emulator closes.
func (f *Fault) Deliver(w http.ResponseWriter, r *http.Request, closing <-chan struct{}, answer *Answer) {
	switch {
	case answer == nil:
		hangUp(w)
	case f.Kind == Truncate:
		truncate(w, answer)
	case f.Kind == Slow:
		f.drip(w, r, closing, answer)
	case f.Kind == Oversize:
		f.inflate(w, answer)
	default:
		answer.Send(w)
	}
}

// hangUp closes the connection. An httptest.ResponseRecorder, which has none, sees an empty 200.
func hangUp(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	_ = connection.Close()
}

// truncate announces the length of the whole response and sends half of it.
func truncate(w http.ResponseWriter, answer *Answer) {
	answer.Header().Set("Content-Length", strconv.Itoa(answer.Body.Len()))
	answer.Body.Truncate(answer.Body.Len() / 2)
	answer.Send(w)
	_ = http.NewResponseController(w).Flush()
	hangUp(w)
}

// drip sends one byte at a time.
func (f *Fault) drip(w http.ResponseWriter, r *http.Request, closing <-chan struct{}, answer *Answer) {
	pace := f.Delay
	if pace <= 0 {
		pace = time.Second
	}
	body := answer.Body.Bytes()
	answer.sendHeader(w)
	ticker := time.NewTicker(pace)
	defer ticker.Stop()
	for i := range body {
		if _, err := w.Write(body[i : i+1]); err != nil {
			return
		}
		_ = http.NewResponseController(w).Flush()
		select {
		case <-ticker.C:
		case <-r.Context().Done():
			return
		case <-closing:
			return
		}
	}
}

const defaultOversize = 100 << 20

// inflate appends white space to the response, which remains valid JSON: only its size is wrong.
func (f *Fault) inflate(w http.ResponseWriter, answer *Answer) {
	size := f.Size
	if size <= 0 {
		size = defaultOversize
	}
	if f.Announced {
		answer.Header().Set("Content-Length", strconv.FormatInt(int64(answer.Body.Len())+size, 10))
	}
	answer.Send(w)
	blank := bytes.Repeat([]byte(" "), 64<<10)
	for size > 0 {
		chunk := blank[:min(size, int64(len(blank)))]
		if _, err := w.Write(chunk); err != nil {
			return
		}
		size -= int64(len(chunk))
	}
}
