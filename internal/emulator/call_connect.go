// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package emulator

// connect calls another party and holds the caller until that party's leg ends.
func (e *Emulator) connect(c *call, action document) ([]document, error) {
	called := e.dial(c, action)
	if called == nil {
		return nil, nil
	}
	if actions, err := e.rest(c, called.gone); actions != nil || err != nil {
		e.HangUp(called.uuid)
		return actions, err
	}
	if c.over() || text(action, "eventType") != "synchronous" {
		return nil, nil
	}
	e.mu.Lock()
	outcome := called.statusEvent(called.status, timestamp(e.options.Now()), nil)
	e.mu.Unlock()
	return e.ask(c, called.events, outcome)
}

// dial creates the second leg, which rings at once and is answered at once if the script says so. It returns nil if
// the caller has hung up.
func (e *Emulator) dial(c *call, action document) *leg {
	e.mu.Lock()
	defer e.mu.Unlock()
	caller := c.caller()
	if caller.over() {
		return nil
	}
	from := document{"type": "phone", "number": "Unknown"} // the calling number is hidden unless the action names one
	if shown := text(action, "from"); shown != "" {
		from["number"] = shown
	} else if flag(action, "randomFromNumber") {
		from["number"] = address(caller.to)
	}
	endpoint := object(list(action, "endpoint")[0])
	if text(endpoint, "type") == "phone" {
		endpoint = phone(text(endpoint, "number"))
	}
	called := e.addLeg(c, "outbound", from, endpoint, caller.events.eventHook(action))
	e.enter(called, "INVITED", caller.memberID,
		called.calledChannel(action, "machineDetection", "advancedMachineDetection", "timeout", "limit"))
	if c.script.answered {
		e.answer(called)
		e.answer(caller)
	}
	return called
}
