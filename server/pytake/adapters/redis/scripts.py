"""The limiter's arithmetic where it is atomic: inside Redis, by Redis' own clock.

A bucket is one number: the microsecond at which everything sent so far will have been paid for (GCRA). A
message costs an interval; it may go if the debt after it is within the tolerance. A pause is a debt, too.
"""

CLOCK = """
local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000000 + tonumber(clock[2])

local function debt_until(stored)
  local at = tonumber(stored or '0') or 0
  return at > now and at or now
end

local function keep(key, at)
  local life = math.ceil((at - now) / 1000) + 1
  redis.call('SET', key, string.format('%.0f', at), 'PX', string.format('%.0f', life))
end
"""

TAKE = (
    CLOCK
    + """
local number_interval, number_tolerance = tonumber(ARGV[1]), tonumber(ARGV[2])
local pair_interval, pair_tolerance = tonumber(ARGV[3]), tonumber(ARGV[4])
local wanted = tonumber(ARGV[5])

local stored = redis.call('MGET', unpack(KEYS))
local number = debt_until(stored[1])
local pairs, waits, spent = {}, {}, {}
local granted, number_wait = {}, 0

for position = 6, #ARGV do
  if #granted == wanted then break end
  local which = tonumber(ARGV[position])
  if not waits[which] then
    local pair = (pairs[which] or debt_until(stored[which])) + pair_interval
    local over = pair - now - pair_tolerance
    if over > 0 then
      waits[which] = over
    else
      number_wait = number + number_interval - now - number_tolerance
      if number_wait > 0 then break end
      number = number + number_interval
      pairs[which], spent[which] = pair, true
      granted[#granted + 1] = position - 6
    end
  end
end

if #granted > 0 then keep(KEYS[1], number) end
for which in next, spent do keep(KEYS[which], pairs[which]) end

local waiting = {}
for which, over in next, waits do
  waiting[#waiting + 1] = which
  waiting[#waiting + 1] = over
end
return {granted, number_wait > 0 and number_wait or 0, waiting}
"""
)
"""KEYS: the number's bucket, then one per person. ARGV: the four sizes, how many are wanted, and for every
message which key is its person's. Gives the granted positions, the number's wait, and for everyone who must
wait the key and how long."""

PAUSE = (
    CLOCK
    + """
local at = now + tonumber(ARGV[1]) + tonumber(ARGV[2])
if at > debt_until(redis.call('GET', KEYS[1])) then keep(KEYS[1], at) end
"""
)
"""KEYS: one bucket. ARGV: how long, and its tolerance. The bucket is full until then, with no burst after."""

SETTLE = (
    CLOCK
    + """
for which, key in ipairs(KEYS) do
  keep(key, debt_until(redis.call('GET', key)) + tonumber(ARGV[which]))
end
"""
)
"""KEYS: buckets. ARGV: what was sent while Redis was away and is not paid for yet."""

COUNT_EACH = """
local barred = KEYS[#ARGV + 1]
if barred and redis.call('EXISTS', barred) == 1 then return {} end
local told = {}
for which, life in ipairs(ARGV) do
  local key = KEYS[which]
  told[#told + 1] = redis.call('INCR', key)
  local left = redis.call('PTTL', key)
  if left < 0 then
    redis.call('PEXPIRE', key, life)
    left = tonumber(life)
  end
  told[#told + 1] = left
end
return told
"""
"""KEYS: counters, and perhaps one more that forbids it all by being there. ARGV: how long each counter lives
that begins now. Gives count and milliseconds left of each, or nothing when it is forbidden."""
