import { randomInt } from "node:crypto";

/** Words that are short, common, plain and hard to mishear. */
const WORDS = `
acorn alder amber anchor apple apron arrow aspen atlas autumn badge bagel baker balcony bamboo banner
barley barn basil basin basket beacon bean bell bench berry birch bison blanket blossom boat bonnet
book boot bottle bowl branch brass bread breeze brick bridge brook broom brush bucket butter button
cabin cable cactus camel canal candle canoe canvas carpet carrot castle cedar cellar chalk cherry
chest cider cinder circle clay cliff clock clover coast cobble coffee comet compass copper coral
cotton cradle crane crayon cricket crown curtain daisy desk dolphin donkey door drum dune eagle
easel elbow elm ember engine falcon farm feather fence fern fiddle field fig finch flag flint flour
flute forest fork fossil fountain fox garden garlic gate ginger glacier glove goose grain granite
grape grass gravel hammer harbour harp harvest hazel hedge helmet heron hill hinge honey hood horn
island ivory ivy jacket jar jasmine jungle kettle kite ladder lagoon lake lamp lantern larch laurel
leaf lemon lentil library lily linen lizard locket lodge loom lunar magnet maple marble market
meadow melon mill mint mirror mitten moon mortar moss mountain mulberry museum nectar needle nest
nutmeg oak oat oboe ocean olive onion orchard otter owl oyster paddle palm panda paper parsley
pasture pear pebble pencil pepper piano pigeon pillow pine pocket pond poplar porch pottery prairie
puffin pumpkin quarry quartz quill quilt rabbit radish rain raven reed ribbon river robin rocket
rope saddle saffron sail sandal
`
  .trim()
  .split(/\s+/);

/** A password for the demo that is easy to copy by hand, e.g. "lamp-otter-quilt-47". */
export function makeDemoPassword(): string {
  const words = [1, 2, 3].map(() => WORDS[randomInt(WORDS.length)]);
  return [...words, randomInt(10, 100)].join("-");
}
