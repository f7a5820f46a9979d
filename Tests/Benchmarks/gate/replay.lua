-- Sends requests that were signed beforehand, one after another: COPYLINT_REQUESTS names the file that holds them,
-- each after its length in a line of its own.
local requests = {}
local path = os.getenv("COPYLINT_REQUESTS")
local threads = 0

function setup(thread)
  thread:set("offset", threads)
  threads = threads + 1
end

function init()
  local file = assert(io.open(path, "rb"))
  while true do
    local length = file:read("*n")
    if not length then break end
    file:read(1)
    requests[#requests + 1] = file:read(length)
  end
  file:close()
  next_request = math.floor(offset * #requests / 2)
end

function request()
  next_request = next_request % #requests + 1
  return requests[next_request]
end
