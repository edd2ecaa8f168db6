// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/vonage/terraform-provider-vonage/internal/emulator"
	"github.com/vonage/terraform-provider-vonage/internal/terraformcli"
)

// The phone numbers of the tutorial, from those that Ofcom reserves for drama
// (https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama).
const (
	rentedNumber = "447700900002" // the number the account rents, which the application answers
	caller       = "447700900001"
	callee       = "447700900003" // whom the NCCO connects the caller to
)

const (
	apiKey    = "abcd1234"
	apiSecret = "Demo-Secret-1"
)

// demo is one run of the tutorial. Its servers run in this process and end with it.
type demo struct {
	dir  string
	out  io.Writer
	hold io.Reader // says when to go on after the call has been looked at; nil to go on at once

	step      int
	emulator  *emulator.Emulator
	vonage    *httptest.Server
	webhooks  *webhooks
	terraform *terraformcli.CLI
}

// run performs the steps in order and prints what each is about to do and its result.
func (d *demo) run(ctx context.Context) error {
	cli, err := terraformcli.Find()
	if err != nil {
		return err
	}

	type step struct {
		title string
		run   func(context.Context) error
	}
	steps := []step{
		{"Build the provider", func(ctx context.Context) error { return d.build(ctx, cli) }},
		{"Start Vonage (the emulator) with an account that rents " + rentedNumber, d.startVonage},
		{"Start a webhook server that connects callers to " + callee, d.startWebhooks},
		{"Create the application and link the number to it", d.apply},
		{"Call " + rentedNumber + " from " + caller, d.call},
		{"Read the conversation of the call in progress", d.readConversation},
		{"Destroy everything", d.destroy},
		{"Hang up", d.hangUp},
	}
	if d.hold != nil {
		steps = slices.Insert(steps, len(steps)-2, step{"Look at the call in a browser", d.wait})
	}
	for _, step := range steps {
		if err := ctx.Err(); err != nil {
			return err
		}
		d.step++
		_, _ = fmt.Fprintf(d.out, "\n[%d/%d] %s\n", d.step, len(steps), step.title)
		if err := step.run(ctx); err != nil {
			return fmt.Errorf("step %d, %q: %w", d.step, step.title, err)
		}
	}
	_, _ = fmt.Fprintf(d.out, "\nThat was the tutorial. The configuration is examples/tutorial; it works unchanged against a real account.\n")
	return nil
}

func (d *demo) sayf(format string, args ...any) {
	_, _ = fmt.Fprintf(d.out, "  "+format+"\n", args...)
}

// close stops the servers; it may be called after any step.
func (d *demo) close() {
	if d.webhooks != nil {
		d.webhooks.close()
	}
	if d.vonage != nil {
		d.vonage.CloseClientConnections()
		d.vonage.Close()
		d.emulator.Close()
	}
}

func (d *demo) build(ctx context.Context, cli string) error {
	root, err := terraformcli.ModuleRoot(ctx)
	if err != nil {
		return err
	}
	configuration, plugins := filepath.Join(d.dir, "configuration"), filepath.Join(d.dir, "plugins")
	if err := os.CopyFS(configuration, os.DirFS(filepath.Join(root, "examples", "tutorial"))); err != nil {
		return err
	}
	if _, err := terraformcli.Build(ctx, ".", plugins); err != nil {
		return err
	}
	if d.terraform, err = terraformcli.New(cli, configuration, plugins); err != nil {
		return err
	}
	d.sayf("built from this tree, to be run by %s", cli)
	return nil
}

func (d *demo) startVonage(context.Context) error {
	d.emulator = emulator.New(emulator.Options{APIKey: apiKey, APISecret: apiSecret})
	if err := d.emulator.SeedNumber("GB/"+rentedNumber, map[string]any{
		"country": "GB", "msisdn": rentedNumber, "type": "mobile-lvn", "features": []string{"VOICE", "SMS"},
	}); err != nil {
		return err
	}
	d.vonage = httptest.NewServer(d.emulator)
	d.terraform.Setenv(map[string]string{
		"VONAGE_API_URL": d.vonage.URL, "VONAGE_REST_URL": d.vonage.URL,
		"VONAGE_API_KEY": apiKey, "VONAGE_API_SECRET": apiSecret,
	})
	d.sayf("api.nexmo.com and rest.nexmo.com are played by %s", d.vonage.URL)
	d.sayf("open %s/ in a browser to watch", d.vonage.URL)
	return nil
}

func (d *demo) startWebhooks(context.Context) error {
	d.webhooks = newWebhooks(callee)
	d.terraform.Setenv(map[string]string{"TF_VAR_webhook_url": d.webhooks.url(), "TF_VAR_number": rentedNumber})
	d.sayf("answer_url %s/webhooks/answer", d.webhooks.url())
	d.sayf("event_url  %s/webhooks/events", d.webhooks.url())
	return nil
}

func (d *demo) apply(ctx context.Context) error {
	if _, err := d.terraform.Run(ctx, "apply", "-auto-approve"); err != nil {
		return err
	}
	var id string
	if err := d.terraform.Output(ctx, "application_id", &id); err != nil {
		return err
	}
	d.sayf("application %s answers %s", id, rentedNumber)
	return nil
}

func (d *demo) call(ctx context.Context) error {
	var placed struct {
		UUID   string `json:"uuid"`
		Status string `json:"status"`
	}
	call := map[string]any{"from": caller, "to": rentedNumber, "answered": true}
	if err := d.control(ctx, http.MethodPost, "/emulator/calls", call, &placed); err != nil {
		return err
	}
	d.webhooks.callUUID = placed.UUID

	answer := d.webhooks.answered()
	if answer.conversation == "" {
		return fmt.Errorf("the call is %q, but the answer webhook was not asked", placed.Status)
	}
	d.sayf("the call is %s; the answer webhook received", placed.Status)
	for _, field := range answer.fields {
		d.sayf("  %-18s %s", field.name, field.value)
	}
	d.sayf("and answered with the NCCO %s", d.webhooks.ncco)
	return nil
}

func (d *demo) readConversation(ctx context.Context) error {
	answer := d.webhooks.answered()
	d.terraform.Setenv(map[string]string{"TF_VAR_conversation_id": answer.conversation})
	if answer.region != "" {
		d.terraform.Setenv(map[string]string{"TF_VAR_region_url": answer.region})
	}
	if _, err := d.terraform.Run(ctx, "apply", "-auto-approve"); err != nil {
		return err
	}
	var conversation json.RawMessage
	if err := d.terraform.Output(ctx, "conversation", &conversation); err != nil {
		return err
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, conversation, "  ", "  "); err != nil {
		return err
	}
	d.sayf("data.vonage_conversation.call[0] is")
	d.sayf("%s", pretty.String())
	return nil
}

// wait keeps everything up until somebody presses Enter.
func (d *demo) wait(ctx context.Context) error {
	d.sayf("%s/ shows the call, its webhooks and the requests of the provider; press Enter to go on", d.vonage.URL)
	pressed := make(chan struct{})
	go func() { // ends with the process, if nobody presses Enter
		defer close(pressed)
		_, _ = bufio.NewReader(d.hold).ReadString('\n') // the end of the input means the same
	}()
	select {
	case <-pressed:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (d *demo) destroy(ctx context.Context) error {
	d.terraform.Unsetenv("TF_VAR_conversation_id", "TF_VAR_region_url")
	if _, err := d.terraform.Run(ctx, "destroy", "-auto-approve"); err != nil {
		return err
	}
	d.sayf("the account is as it was before: one number, no application")
	return nil
}

// webhookPatience is how long the event webhook may wait for what a busy machine tells it.
const webhookPatience = 30 * time.Second

func (d *demo) hangUp(ctx context.Context) error {
	if len(d.emulator.Calls()) == 0 {
		d.sayf("somebody has done that already, on the page")
		return nil
	}
	if err := d.control(ctx, http.MethodDelete, "/emulator/calls/"+d.webhooks.callUUID, nil, nil); err != nil {
		return err
	}
	for range legs {
		select {
		case <-d.webhooks.completed:
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(webhookPatience):
			return errors.New("the event webhook was not told that the call has ended")
		}
	}
	d.sayf("the conversation is gone with the call; the event webhook was told: %s", strings.Join(d.webhooks.statuses(), ", "))
	return nil
}

// control calls the emulator's control API, as one would with curl.
func (d *demo) control(ctx context.Context, method, path string, body, answer any) error {
	encoded, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, method, d.vonage.URL+path, bytes.NewReader(encoded))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode/100 != 2 {
		return fmt.Errorf("%s %s: %s: %s", method, path, response.Status, text)
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(text, answer)
}
