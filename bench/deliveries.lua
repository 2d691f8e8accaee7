-- wrk's side of the ingest benchmark: sends prepared, signed pushes, each under a delivery id of its own.
-- Arguments: the file that load.py wrote; it holds, over and over, the length of a piece and the piece: the part of a
-- request before its delivery id, and the part after it.
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(args)
  local file = assert(io.open(args[1], "rb"))
  before, after = {}, {}
  -- Each thread has pushes of its own, so that what belongs together is sent in order.
  local at = 0
  while true do
    local size = file:read("*number")
    if not size then break end
    file:read(1)
    local first = file:read(size)
    size = file:read("*number")
    file:read(1)
    local second = file:read(size)
    if at % 2 == number % 2 then
      before[#before + 1], after[#after + 1] = first, second
    end
    at = at + 1
  end
  file:close()
  sent, run = 0, os.time()
end

function request()
  sent = sent + 1
  local which = (sent - 1) % #before + 1
  return before[which] .. string.format("%08x-%04x-4000-8000-%012x", run, number, sent) .. after[which]
end
