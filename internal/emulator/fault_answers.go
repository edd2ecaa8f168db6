// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"cmp"
	"net/http"
	"strconv"
	"time"
)

// spoil returns the answer to send instead of right, which is nil if the request was not processed. A nil result
// closes the connection without an answer.
func (f *Fault) spoil(right *answer) *answer {
	switch f.Kind {
	case CloseBefore, CloseAfter:
		return nil
	case Status, StatusAfter:
		return f.refusal()
	case HTML:
		return f.gatewayPage()
	case Redirect:
		redirect := newAnswer()
		redirect.status = f.status(http.StatusTemporaryRedirect)
		redirect.header.Set("Location", f.Location)
		return redirect
	case Garbage:
		right.body.Reset()
		right.body.WriteString("\x00\x1f\x8b{]garbage\xff")
	case Empty:
		right.body.Reset()
	case Late, Slow, Truncate, Oversize: // affect the delivery only
	}
	return right
}

func (f *Fault) refusal() *answer {
	refusal := newAnswer()
	refusal.status = f.status(http.StatusInternalServerError)
	if f.RetryAfter != "" {
		refusal.header.Set("Retry-After", f.RetryAfter)
	}
	if f.Body != "" {
		refusal.header.Set("Content-Type", cmp.Or(f.ContentType, "application/json"))
		refusal.body.WriteString(f.Body)
	}
	return refusal
}

func (f *Fault) gatewayPage() *answer {
	page := newAnswer()
	page.status = f.status(http.StatusBadGateway)
	page.header.Set("Content-Type", "text/html")
	said := strconv.Itoa(page.status) + " " + http.StatusText(page.status)
	page.body.WriteString("<html>\r\n<head><title>" + said + "</title></head>\r\n<body><center><h1>" + said +
		"</h1></center></body>\r\n</html>\r\n")
	return page
}

// deliver sends an answer as the fault specifies. It stops when the client disconnects or the emulator closes.
func (f *Fault) deliver(w http.ResponseWriter, r *http.Request, closing <-chan struct{}, answer *answer) {
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
		answer.send(w)
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

// truncate announces the length of the whole answer and sends half of it.
func truncate(w http.ResponseWriter, answer *answer) {
	answer.header.Set("Content-Length", strconv.Itoa(answer.body.Len()))
	answer.body.Truncate(answer.body.Len() / 2)
	answer.send(w)
	_ = http.NewResponseController(w).Flush()
	hangUp(w)
}

// drip sends one byte at a time.
func (f *Fault) drip(w http.ResponseWriter, r *http.Request, closing <-chan struct{}, answer *answer) {
	pace := f.Delay
	if pace <= 0 {
		pace = time.Second
	}
	body := answer.body.Bytes()
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

// inflate appends white space to the answer, which remains valid JSON: only its size is wrong.
func (f *Fault) inflate(w http.ResponseWriter, answer *answer) {
	size := f.Size
	if size <= 0 {
		size = defaultOversize
	}
	if f.Announced {
		answer.header.Set("Content-Length", strconv.FormatInt(int64(answer.body.Len())+size, 10))
	}
	answer.send(w)
	blank := bytes.Repeat([]byte(" "), 64<<10)
	for size > 0 {
		chunk := blank[:min(size, int64(len(blank)))]
		if _, err := w.Write(chunk); err != nil {
			return
		}
		size -= int64(len(chunk))
	}
}
