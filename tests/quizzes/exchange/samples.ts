/**
 * Files in the constructs of the formats' own documentation, written for these tests. GIFT after
 * https://docs.moodle.org/en/GIFT_format and the examples that come with Moodle (question/format/gift/examples.txt).
 */
export const gift = `// Questions about Grant, as in the documentation.
$CATEGORY: $course$/top/History/Presidents

// [id:grant-1] [tag:open questions]
Who's buried in Grant's tomb?{~Grant ~Jefferson =no one}

Grant is {~buried =entombed ~living} in Grant's tomb.

Grant is buried in Grant's tomb.{FALSE#No one is buried there.#Right: entombed.####It is a riddle.}

::Two::Two plus two equals {=four =4 =%50%five#Close.}.

Match the following countries with their capitals. {
    =Canada -> Ottawa
    =Italy  -> Rome
    =Japan  -> Tokyo
    =-> Paris
    }

What is the value of pi (to 3 decimal places)? {#3.141..3.142}

::Born::
When was Ulysses S. Grant born? {#
     =1822:0      #Correct! 100% credit
     =%50%1822:2  #He was born in 1822.
                  You get 50% credit for being close.
     ~#Look it up.
}

::Entombed::What two people are entombed in Grant's tomb? {
    ~%-50%No one
    ~%50%Grant
    ~%50%Grant's wife
    ~%-50%Grant's father }

[markdown]Which **answer** equals 5? {
     ~ \\= 2 + 2
     = \\= 2 + 3
     ~ \\= 2 + 4  }

::Home::Jesus Christ was from {
    ~Jerusalem#This was an important city, but the wrong answer.
    ~%25%Bethlehem#He was born here, but not raised here.
    =Nazareth#Yes! That's right!
}.

Tell us of your grandmother. {}

Grant lived in the nineteenth century.

Broken {=one
`

/** Aiken after https://docs.moodle.org/en/Aiken_format. */
export const aiken = `What is the correct answer to this question?
A. Is it this one?
B. Maybe this answer?
C. Possibly this one?
D. Must be this one!
ANSWER: D

Which LMS has the most quiz import formats?
A) Moodle
B) ATutor
C) Claroline
ANSWER: a

A question without a key
A. One
B. Two

A question with a wrong key
A. One
B. Two
ANSWER: E
`

const field = (name: string, text: string, more = '') =>
  `<${name} format="html"><text><![CDATA[${text}]]></text>${more}</${name}>`

const question = (type: string, name: string, text: string, inside: string) =>
  `<question type="${type}"><name><text>${name}</text></name>${field('questiontext', text)}${inside}</question>`

/** Moodle XML after https://docs.moodle.org/en/Moodle_XML_format and Moodle's own fixtures (question/format/xml/tests). */
export const moodleXml = `<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/top/Default for Room/Rules</text></category></question>
${question(
  'multichoice',
  'Greeting',
  '<p>What do you <strong>say</strong>?<br>Choose one&nbsp;of these:</p><ul><li>softly<li>at once</ul>',
  `${field('generalfeedback', '<p>Hello is enough.</p>')}<defaultgrade>2.0000000</defaultgrade><penalty>0.5</penalty><hidden>0</hidden>
   <single>true</single><shuffleanswers>true</shuffleanswers><answernumbering>abc</answernumbering>
   ${field('correctfeedback', 'Your answer is correct.')}${field('incorrectfeedback', '<p>Think of their first minute.</p>')}
   <answer fraction="100" format="html"><text>Hello &amp; welcome</text>${field('feedback', 'It is kind.')}</answer>
   <answer fraction="0" format="html"><text><![CDATA[<p>Nothing</p>]]></text>${field('feedback', '')}</answer>
   <hint format="html"><text>What would you like to hear?</text></hint>
   <tags><tag><text>First Words</text></tag></tags>`,
)}
${question('truefalse', 'Short', 'A welcome can be short.', `<answer fraction="100"><text>true</text>${field('feedback', 'Yes.')}</answer><answer fraction="0"><text>false</text>${field('feedback', 'It can.')}</answer>`)}
${question('shortanswer', 'Word', 'What do we call it?', `<usecase>1</usecase><answer fraction="100"><text>Safe*</text>${field('feedback', '')}</answer><answer fraction="50"><text>calm</text>${field('feedback', 'Nearly.')}</answer><answer fraction="0"><text>*</text>${field('feedback', 'Look again.')}</answer>`)}
${question('numerical', 'Weeks', 'How many weeks?', `<answer fraction="100"><text>8</text><tolerance>0.5</tolerance>${field('feedback', '')}</answer><units><unit><multiplier>1</multiplier><unit_name>weeks</unit_name></unit></units><unitgradingtype>1</unitgradingtype><unitpenalty>0.5</unitpenalty>`)}
${question('matching', 'Who', 'Who does what?', `<subquestion format="html"><text>Leads</text><answer><text>Moderator</text></answer></subquestion><subquestion format="html"><text>Teaches</text><answer><text>Mentor</text></answer></subquestion><subquestion format="html"><text></text><answer><text>Nobody</text></answer></subquestion>`)}
${question('ordering', 'Ladder', 'Put them in order.', `<selecttype>ALL</selecttype><answer fraction="2.0000000" format="html"><text>Warn</text></answer><answer fraction="1.0000000" format="html"><text>Ask</text></answer><answer fraction="3.0000000" format="html"><text>Remove</text></answer>`)}
${question('cloze', 'Cities', '<p>San Francisco: {1:MULTICHOICE:=California#OK~Arizona#Wrong}<br />The capital of France is {1:SHORTANSWER:%100%Paris#Congratulations!~%50%Marseille#No.~*#Wrong.}.</p>', '')}
${question('gapselect', 'Cat', '<p>The [[1]] sat on the [[3]].</p>', '<selectoption><text>cat</text><group>1</group></selectoption><selectoption><text>dog</text><group>1</group></selectoption><selectoption><text>mat</text><group>2</group></selectoption><selectoption><text>cap</text><group>2</group></selectoption>')}
${question('multichoice', 'Flag', '<p>Whose flag is <img src="@@PLUGINFILE@@/flag.png" alt="A flag">?</p>', '<single>true</single><answer fraction="100"><text>Ours</text></answer><answer fraction="0"><text>Theirs</text></answer>')}
${question('essay', 'Tell', 'Tell us.', '')}
${question('description', 'Look', 'Look at this.', '')}
</quiz>
`

const item = (
  title: string,
  declaration: string,
  body: string,
  rest: string,
) => `<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="an-item" title="${title}" time-dependent="false" xml:lang="en">
  ${declaration}
  <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
  <qti-item-body>${body}</qti-item-body>
  ${rest}
</qti-assessment-item>
`
const declared = (cardinality: string, type: string, values: readonly string[], mapping = '') =>
  `<qti-response-declaration identifier="RESPONSE" cardinality="${cardinality}" base-type="${type}"><qti-correct-response>${values.map(value => `<qti-value>${value}</qti-value>`).join('')}</qti-correct-response>${mapping}</qti-response-declaration>`
const matchCorrect =
  '<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>'
const mapResponse =
  '<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml"/>'

/** QTI 3 after 1EdTech's examples (github.com/1EdTech/qti-examples, QTI3_BPIG_Examples), one of each interaction. */
export const qti3 = {
  several: item(
    'QTI 3 Choice with Multiple Cardinality',
    declared('multiple', 'identifier', ['H', 'O']),
    '<qti-choice-interaction response-identifier="RESPONSE" min-choices="1" max-choices="6"><qti-prompt>Which of the following elements are used to form water?</qti-prompt><qti-simple-choice identifier="H">Hydrogen</qti-simple-choice><qti-simple-choice identifier="He">Helium</qti-simple-choice><qti-simple-choice identifier="O">Oxygen</qti-simple-choice></qti-choice-interaction>',
    matchCorrect,
  ),
  truth: item(
    'Example 1 - modal feedback',
    declared('single', 'identifier', ['true']),
    '<qti-choice-interaction response-identifier="RESPONSE" max-choices="1"><qti-prompt>Freud and Jung both belong to the psychoanalytic school.</qti-prompt><qti-simple-choice identifier="true" fixed="true">True </qti-simple-choice><qti-simple-choice identifier="false" fixed="true">False </qti-simple-choice></qti-choice-interaction>',
    `${matchCorrect}<qti-modal-feedback outcome-identifier="FEEDBACK" show-hide="show" identifier="correct"><qti-content-body>They do.</qti-content-body></qti-modal-feedback><qti-modal-feedback outcome-identifier="FEEDBACK" show-hide="show" identifier="incorrect"><qti-content-body>They do, <em>both</em>.</qti-content-body></qti-modal-feedback>`,
  ),
  inline: item(
    'Inline Choice Interaction',
    declared('single', 'identifier', ['Y']),
    '<p>Identify the missing word.</p><blockquote><p>Now is the winter of our discontent<br/>Made glorious summer by this sun of <qti-inline-choice-interaction response-identifier="RESPONSE"><qti-inline-choice identifier="G">Gloucester</qti-inline-choice><qti-inline-choice identifier="Y">York</qti-inline-choice></qti-inline-choice-interaction>;</p></blockquote>',
    matchCorrect,
  ),
  match: item(
    'Match Example',
    declared(
      'multiple',
      'directedPair',
      ['C R', 'D M', 'P T'],
      '<qti-mapping default-value="0"><qti-map-entry map-key="C R" mapped-value="1"/><qti-map-entry map-key="D M" mapped-value="0.5"/><qti-map-entry map-key="P T" mapped-value="1"/></qti-mapping>',
    ),
    '<qti-match-interaction response-identifier="RESPONSE" max-associations="4"><qti-prompt>Match the characters to the plays:</qti-prompt><qti-simple-match-set><qti-simple-associable-choice identifier="C" match-max="1">Capulet</qti-simple-associable-choice><qti-simple-associable-choice identifier="D" match-max="1">Demetrius</qti-simple-associable-choice><qti-simple-associable-choice identifier="P" match-max="1">Prospero</qti-simple-associable-choice></qti-simple-match-set><qti-simple-match-set><qti-simple-associable-choice identifier="M" match-max="4">A Midsummer-Night’s Dream</qti-simple-associable-choice><qti-simple-associable-choice identifier="R" match-max="4">Romeo and Juliet</qti-simple-associable-choice><qti-simple-associable-choice identifier="T" match-max="4">The Tempest</qti-simple-associable-choice></qti-simple-match-set></qti-match-interaction>',
    mapResponse,
  ),
  order: item(
    'Order Interaction Example',
    declared('ordered', 'identifier', ['C', 'A', 'B']),
    '<p>These drivers finished on the podium.</p><qti-order-interaction response-identifier="RESPONSE"><qti-prompt><p>Rearrange them.</p></qti-prompt><qti-simple-choice identifier="A">Barrichello</qti-simple-choice><qti-simple-choice identifier="B">Button</qti-simple-choice><qti-simple-choice identifier="C">Schumacher</qti-simple-choice></qti-order-interaction>',
    matchCorrect,
  ),
  entry: item(
    'Text entry',
    declared(
      'single',
      'string',
      ['York'],
      '<qti-mapping default-value="0"><qti-map-entry map-key="York" mapped-value="1" case-sensitive="false"/><qti-map-entry map-key="Yorkshire" mapped-value="0.5" case-sensitive="false"/></qti-mapping>',
    ),
    '<p>Which city is meant?</p><p><qti-text-entry-interaction response-identifier="RESPONSE"/></p>',
    mapResponse,
  ),
  slider: item(
    'Slider',
    declared('single', 'integer', ['16']),
    '<qti-slider-interaction response-identifier="RESPONSE" lower-bound="0" upper-bound="100"/>',
    mapResponse,
  ),
} as const
