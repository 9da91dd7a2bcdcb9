// A server of hq-interop on quinn, which Deno has inside: `GET /name` on a stream, and the file is the answer.
const [root, hostname, port, certificate, privateKey] = Deno.args;
const cert = await Deno.readTextFile(certificate);
const key = await Deno.readTextFile(privateKey);
const endpoint = new Deno.QuicEndpoint({ hostname, port: Number(port) });
const listener = endpoint.listen({ cert, key, alpnProtocols: ["hq-interop"] });

async function answer(stream: Deno.QuicBidirectionalStream) {
  const request = await new Response(stream.readable).text();
  const name = request.split(" ")[1].trim();
  const file = await Deno.open(root + name);
  await file.readable.pipeTo(stream.writable);
}

async function serve(incoming: Deno.QuicIncoming) {
  const connection = await incoming.accept();
  for await (const stream of connection.incomingBidirectionalStreams) {
    answer(stream).catch((error) => console.error(error));
  }
}

for (;;) {
  const incoming = await listener.incoming();
  serve(incoming).catch((error) => console.error(error));
}
