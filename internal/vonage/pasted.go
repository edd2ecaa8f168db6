// Copyright (c) The terraform-provider-vonage authors
// SPDX-License-Identifier: MPL-2.0

package vonage

import (
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf16"
)

// Pasted returns the text of a credential without what copying and editors put around it: white space, line ends, a byte
// order mark, other invisible characters, and a pair of quotation marks. Text in UTF-16, in which PowerShell writes files,
// is decoded.
func Pasted(text string) string {
	text = decodeUTF16(text)
	for {
		text = strings.TrimFunc(text, IsInvisible)
		inner, quoted := unquote(text)
		if !quoted {
			return text
		}
		text = inner
	}
}

// IsInvisible reports whether a character cannot be seen: white space, controls, a byte order mark and the like.
func IsInvisible(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }

func unquote(text string) (inner string, quoted bool) {
	for _, marks := range [][2]string{{`"`, `"`}, {"'", "'"}, {"“", "”"}, {"‘", "’"}} {
		if rest, opened := strings.CutPrefix(text, marks[0]); opened {
			return strings.CutSuffix(rest, marks[1])
		}
	}
	return text, false
}

// decodeUTF16 decodes UTF-16 that begins with a byte order mark or an ASCII character, and returns other text unchanged.
func decodeUTF16(text string) string {
	if len(text) < 2 {
		return text
	}
	var order binary.ByteOrder
	switch first, second := text[0], text[1]; {
	case first == 0xff && second == 0xfe, first != 0 && second == 0:
		order = binary.LittleEndian
	case first == 0xfe && second == 0xff, first == 0 && second != 0:
		order = binary.BigEndian
	default:
		return text
	}
	units := make([]uint16, len(text)/2)
	for i := range units {
		units[i] = order.Uint16([]byte(text[2*i : 2*i+2]))
	}
	return string(utf16.Decode(units))
}
